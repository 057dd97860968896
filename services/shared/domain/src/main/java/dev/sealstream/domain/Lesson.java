package dev.sealstream.domain;

import java.util.List;

/**
 * What a knowledge delta teaches for good. It travels with the delta into the checkpoint log, so the log alone says what a
 * lineage has learnt, and from what it can be learnt again.
 *
 * @param dataId the datum; its questions are on {@code seal.new-data}, or else what the lineage's base model asks about it, and
 *     so out of reach of what a candidate says
 * @param completion the accepted self-edit, as it was written
 * @param trainingSequences what the delta was trained on
 */
public record Lesson(String dataId, String selfEditId, String completion, List<String> trainingSequences) {
    public Lesson {
        Require.nonBlank("dataId", dataId);
        Require.nonBlank("selfEditId", selfEditId);
        Require.present("completion", completion);
        trainingSequences = Require.nonEmpty("trainingSequences of lesson " + selfEditId, trainingSequences);
    }

    public static Lesson of(String dataId, SelfEdit selfEdit) {
        return new Lesson(dataId, selfEdit.selfEditId(), selfEdit.completion(), selfEdit.trainingSequences());
    }

    /** The same for each version it is learnt on, so that attempts at one lesson can be counted. */
    public String hash() {
        return Sha256.hex(dataId + "\n" + completion);
    }
}
