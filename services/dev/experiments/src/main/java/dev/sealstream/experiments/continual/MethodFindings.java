package dev.sealstream.experiments.continual;

import dev.sealstream.experiments.statistics.Summary;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one method found, over sequences.
 *
 * @param matrix row t, column i ≤ t: mean accuracy on document i after document t was decided
 * @param last mean over all documents after the last
 * @param afterEach mean over the documents, each right after it was decided
 * @param retained the former as a share of the latter, of the means; null where nothing was learnt
 * @param backwardTransfer mean change of what was known right after learning it
 * @param single what the first document alone gives
 * @param untouched accuracy on the first document before anything was learnt
 * @param aboveUntouched the final mean minus the untouched model's accuracy, by sequence
 * @param released documents the gate let in, of {@code documents}
 * @param benchmarkDrop largest fall on held-out documents by any one release
 */
public record MethodFindings(
        String method,
        List<List<Double>> matrix,
        Summary last,
        Summary afterEach,
        Double retained,
        Summary backwardTransfer,
        Summary single,
        Summary untouched,
        Summary aboveUntouched,
        int released,
        int documents,
        double benchmarkDrop,
        List<SequenceResult> sequences) {
    public MethodFindings {
        matrix = matrix.stream().map(List::copyOf).toList();
        sequences = List.copyOf(sequences);
    }

    static MethodFindings of(String method, List<SequenceResult> sequences) {
        Summary last = over(sequences, SequenceResult::last);
        Summary afterEach = over(sequences, SequenceResult::afterEach);
        return new MethodFindings(
                method,
                matrix(sequences),
                last,
                afterEach,
                afterEach.mean() == 0 ? null : last.mean() / afterEach.mean(),
                over(sequences, SequenceResult::backwardTransfer),
                over(sequences, SequenceResult::single),
                over(sequences, SequenceResult::untouched),
                over(sequences, result -> result.last() - result.untouched()),
                sequences.stream().mapToInt(SequenceResult::released).sum(),
                sequences.stream().mapToInt(result -> result.accuracy().size()).sum(),
                sequences.stream()
                        .mapToDouble(SequenceResult::benchmarkDrop)
                        .max()
                        .orElse(0),
                sequences);
    }

    private static Summary over(List<SequenceResult> sequences, ToDoubleFunction<SequenceResult> figure) {
        return Summary.of(sequences.stream().map(figure::applyAsDouble).toList());
    }

    private static List<List<Double>> matrix(List<SequenceResult> sequences) {
        var matrix = new ArrayList<List<Double>>();
        int length = sequences.get(0).accuracy().size();
        for (int t = 0; t < length; t++) {
            var row = new ArrayList<Double>();
            for (int i = 0; i <= t; i++) {
                int after = t;
                int document = i;
                row.add(sequences.stream()
                        .mapToDouble(sequence -> sequence.accuracy().get(after).get(document))
                        .average()
                        .orElseThrow());
            }
            matrix.add(row);
        }
        return matrix;
    }
}
