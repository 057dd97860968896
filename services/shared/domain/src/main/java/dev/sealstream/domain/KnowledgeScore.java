package dev.sealstream.domain;

/**
 * How much of a datum that was, or is to be, learnt for good a model knows without any further update.
 *
 * @param accuracy closed-book, 0 to 1
 */
public record KnowledgeScore(String dataId, double accuracy) {
    public KnowledgeScore {
        Require.nonBlank("dataId", dataId);
        Require.unitInterval("accuracy", accuracy);
    }
}
