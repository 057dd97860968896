package dev.sealstream.experiments.continual;

import dev.sealstream.experiments.statistics.Summary;

import java.util.List;
import java.util.stream.IntStream;

/**
 * All methods, and what the first gains on the last, plain merging, sequence by sequence.
 *
 * @param difference of the final means; null where there is one method
 */
public record ContinualFindings(List<MethodFindings> methods, Summary difference) {
    public ContinualFindings {
        methods = List.copyOf(methods);
    }

    public static ContinualFindings of(List<MethodFindings> methods) {
        if (methods.size() == 1) {
            return new ContinualFindings(methods, null);
        }
        var method = methods.get(0).sequences();
        var plain = methods.get(1).sequences();
        var differences = IntStream.range(0, method.size())
                .mapToObj(n -> method.get(n).last() - plain.get(n).last())
                .toList();
        return new ContinualFindings(methods, Summary.of(differences));
    }
}
