package dev.sealstream.domain;

/**
 * What the head, and the head with a candidate's delta, answer to one question: for the person who is to decide.
 *
 * @param expected the right answer
 */
public record AnswerPair(String dataId, String question, String expected, String before, String after) {
    public AnswerPair {
        Require.nonBlank("dataId", dataId);
        Require.nonBlank("question", question);
        Require.present("expected", expected);
        Require.present("before", before);
        Require.present("after", after);
    }
}
