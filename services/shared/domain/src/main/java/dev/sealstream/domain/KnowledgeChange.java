package dev.sealstream.domain;

/**
 * What a candidate does to the knowledge of one datum: closed-book accuracy of the bare model, 0 to 1.
 *
 * @param earlier whether the datum was learnt before; else it is the one the candidate teaches
 * @param before the head
 * @param after the head with the candidate's delta
 * @param labelFree whether a model wrote the questions and answers, because people sent none
 */
public record KnowledgeChange(String dataId, boolean earlier, double before, double after, boolean labelFree) {
    public KnowledgeChange {
        Require.nonBlank("dataId", dataId);
        Require.unitInterval("before", before);
        Require.unitInterval("after", after);
    }

    /** On questions that people sent. */
    public KnowledgeChange(String dataId, boolean earlier, double before, double after) {
        this(dataId, earlier, before, after, false);
    }
}
