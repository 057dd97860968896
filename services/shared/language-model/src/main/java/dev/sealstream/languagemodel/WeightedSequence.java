package dev.sealstream.languagemodel;

/**
 * A sequence with a loss weight for each of its tokens.
 *
 * @param tokens at least one
 * @param weights as many; {@code weights[i]} weighs the prediction of {@code tokens[i]} from those before it, so the first
 *     counts for nothing. Arrays are not copied.
 */
public record WeightedSequence(int[] tokens, float[] weights) {
    public WeightedSequence {
        if (tokens.length == 0 || tokens.length != weights.length) {
            throw new IllegalArgumentException("a sequence has " + tokens.length + " tokens and " + weights.length
                    + " weights; it needs at least one token and a weight for each");
        }
    }
}
