package dev.sealstream.policymodel;

/**
 * How a document that nobody asked anything about gets questions.
 *
 * @param samples completions that questions are taken from
 * @param questionsMax most questions to keep, those first that most completions ask
 * @param votes answers to each question
 * @param shareMin least share of the answers that must be the same
 */
public record LabelFreeSettings(int samples, int questionsMax, int votes, double shareMin) {
    public LabelFreeSettings {
        if (samples < 1 || questionsMax < 1 || votes < 2) {
            throw new IllegalArgumentException("samples is " + samples + ", questionsMax " + questionsMax + ", votes "
                    + votes + "; allowed: 1 or more, and 2 or more votes");
        }
        if (!(shareMin > 0.5 && shareMin <= 1)) {
            throw new IllegalArgumentException(
                    "shareMin is " + shareMin + "; allowed: above 0.5, so that it is a majority, to 1");
        }
    }
}
