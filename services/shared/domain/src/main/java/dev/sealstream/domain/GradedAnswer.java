package dev.sealstream.domain;

/**
 * One question put to a model, with the verdict.
 *
 * @param expected the answer that counts as right
 * @param answer what the model said
 */
public record GradedAnswer(String question, String expected, String answer, boolean correct) {
    public GradedAnswer {
        Require.nonBlank("question", question);
        Require.nonBlank("expected", expected);
        Require.present("answer", answer);
    }
}
