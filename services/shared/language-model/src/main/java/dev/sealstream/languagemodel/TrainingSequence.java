package dev.sealstream.languagemodel;

import java.util.Arrays;

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

    /**
     * The same, filled up to a length with a token that is learnt like text: what SEAL's code does to every sequence.
     *
     * @param length a sequence that is longer stays as it is
     */
    public TrainingSequence padded(int length, int token) {
        if (tokens.length >= length) {
            return this;
        }
        int[] filled = Arrays.copyOf(tokens, length);
        Arrays.fill(filled, tokens.length, length, token);
        return new TrainingSequence(filled, promptLength);
    }

    /** First token whose prediction counts. */
    int firstLearnt() {
        return Math.max(1, promptLength);
    }
}
