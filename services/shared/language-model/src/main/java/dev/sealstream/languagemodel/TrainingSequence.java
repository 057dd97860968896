package dev.sealstream.languagemodel;

/**
 * One text to learn.
 *
 * @param tokens at least two; not copied
 * @param promptLength tokens at the start that are read but not learnt; 0 learns all but the first, which nothing predicts
 */
public record TrainingSequence(int[] tokens, int promptLength) {
    public TrainingSequence {
        if (tokens.length < 2 || promptLength < 0 || promptLength >= tokens.length) {
            throw new IllegalArgumentException("a training sequence of " + tokens.length + " tokens with a prompt of "
                    + promptLength + " leaves nothing to learn; give at least two tokens and a shorter prompt");
        }
    }

    /** First token whose prediction counts. */
    int firstLearnt() {
        return Math.max(1, promptLength);
    }
}
