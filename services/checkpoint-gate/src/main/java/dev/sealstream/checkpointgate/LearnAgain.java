package dev.sealstream.checkpointgate;

import dev.sealstream.domain.BenchmarkMeasured;
import dev.sealstream.domain.Ids;
import dev.sealstream.domain.SelfEdit;
import dev.sealstream.domain.SelfEditsProposed;

import java.util.List;

/** A lesson as a rollout group of its own on the present head: the same self-edit, trained and examined anew. */
final class LearnAgain {
    /** Tells the lessons of one datum apart. */
    private static final int HASH_DIGITS = 12;

    private LearnAgain() {}

    static SelfEditsProposed on(BenchmarkMeasured measured) {
        var lesson = measured.candidate().lesson();
        String group = Ids.writtenGroup(
                lesson.dataId(),
                measured.headVersion(),
                "again-" + lesson.hash().substring(0, HASH_DIGITS));
        var selfEdit = new SelfEdit(
                Ids.selfEdit(group, 0),
                0,
                lesson.completion(),
                lesson.trainingSequences(),
                null,
                new int[0],
                new float[0]);
        return new SelfEditsProposed(
                group,
                measured.datum(),
                measured.headVersion(),
                measured.parent().weightsHash(),
                measured.datum().prompt(),
                List.of(selfEdit));
    }
}
