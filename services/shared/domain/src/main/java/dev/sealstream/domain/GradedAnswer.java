package dev.sealstream.domain;

/**
 * One question put to a model, with the verdict.
 *
 * @param expected the answer that counts as right
 * @param answer what the model said; empty where it was not asked to speak
 * @param correct the verdict as yes or no
 * @param score how right the answer is, 0 to 1; 0 or 1 from graders that know nothing between
 * @param judgement the judge's own words, or null where none were spoken
 */
public record GradedAnswer(
        String question, String expected, String answer, boolean correct, double score, String judgement) {

    /** Least score that counts as right where a yes or no is asked for. */
    static final double CORRECT_FROM = 0.5;

    public GradedAnswer {
        Require.nonBlank("question", question);
        Require.nonBlank("expected", expected);
        Require.present("answer", answer);
        Require.unitInterval("score", score);
    }

    /** A verdict that is either yes or no. */
    public GradedAnswer(String question, String expected, String answer, boolean correct) {
        this(question, expected, answer, correct, correct ? 1.0 : 0.0, null);
    }
}
