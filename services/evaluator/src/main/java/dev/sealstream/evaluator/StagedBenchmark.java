package dev.sealstream.evaluator;

import dev.sealstream.domain.DocumentScore;
import dev.sealstream.domain.Measurement;
import dev.sealstream.domain.NewData;

import java.util.List;
import java.util.function.Function;

/**
 * Measures a candidate of the archive search on a few held-out documents first, and on the others only if it is promising: most
 * steps of an open-ended search are no gain, and that shows early.
 */
final class StagedBenchmark {
    private final int firstDocuments;
    private final double doubt;

    /** Head and candidate on the same documents. */
    record Pair(Measurement head, Measurement subject) {
        Pair plus(Pair further) {
            return new Pair(head.plus(further.head), subject.plus(further.subject));
        }
    }

    /**
     * @param firstDocuments of the first stage; the rest of the benchmark is the second
     * @param doubt a candidate is promising unless its gain lies more than so many standard errors below zero
     */
    StagedBenchmark(int firstDocuments, double doubt) {
        this.firstDocuments = firstDocuments;
        this.doubt = doubt;
    }

    /** @param compare measures head and candidate on some documents */
    Pair compare(List<NewData> heldOut, Function<List<NewData>, Pair> compare) {
        var first = SentData.some(heldOut, firstDocuments);
        var rest =
                heldOut.stream().filter(document -> !first.contains(document)).toList();
        var early = compare.apply(first);
        return rest.isEmpty() || !promising(early) ? early : early.plus(compare.apply(rest));
    }

    private boolean promising(Pair pair) {
        var gain = pair.subject().minus(DocumentScore::selfEdits, pair.head(), DocumentScore::selfEdits);
        return gain.mean() + doubt * gain.standardError() > 0;
    }
}
