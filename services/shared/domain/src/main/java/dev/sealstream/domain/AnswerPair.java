package dev.sealstream.domain;

/**
 * What the head, and the head with a candidate's delta, answer to one question: for the person who is to decide.
 *
 * @param expected the answer that counts as right
 * @param labelFree whether a model wrote question and expected answer, because people sent none
 */
public record AnswerPair(
        String dataId, String question, String expected, String before, String after, boolean labelFree) {
    public AnswerPair {
        Require.nonBlank("dataId", dataId);
        Require.nonBlank("question", question);
        Require.present("expected", expected);
        Require.present("before", before);
        Require.present("after", after);
    }

    /** On a question that people sent. */
    public AnswerPair(String dataId, String question, String expected, String before, String after) {
        this(dataId, question, expected, before, after, false);
    }
}
