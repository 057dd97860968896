package dev.sealstream.domain;

/**
 * How much of a datum that was, or is to be, learnt for good a model knows without any further update.
 *
 * @param accuracy closed-book, 0 to 1
 * @param labelFree whether a model wrote the questions and answers, because people sent none
 */
public record KnowledgeScore(String dataId, double accuracy, boolean labelFree) {
    public KnowledgeScore {
        Require.nonBlank("dataId", dataId);
        Require.unitInterval("accuracy", accuracy);
    }

    /** On questions that people sent. */
    public KnowledgeScore(String dataId, double accuracy) {
        this(dataId, accuracy, false);
    }
}
