package dev.sealstream.domain;

/** SQuAD's exact match, by its usual name; see {@link TextGrader#EXACT_MATCH}. */
public final class ExactMatch {
    private ExactMatch() {}

    /** @param answer what the model said; only its first line counts, since a base model may go on with more text */
    public static GradedAnswer grade(Question question, String answer) {
        return TextGrader.EXACT_MATCH.grade(question, answer);
    }
}
