package dev.sealstream.domain;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * One piece of training data the policy wrote for itself.
 *
 * @param completion the sampled text, as it came
 * @param trainingSequences what the inner loop trains on: the parsed completion, the passage last
 * @param invalidReason why the edit cannot be trained on, or null; invalid edits are proposals too: the policy learns
 *     from them
 * @param tokens the sampled tokens, empty when the text came from elsewhere
 * @param logProbabilities natural logarithm of each token's probability under the policy, as long as {@code tokens}
 */
public record SelfEdit(
        String selfEditId,
        int index,
        String completion,
        List<String> trainingSequences,
        String invalidReason,
        int[] tokens,
        float[] logProbabilities) {

    public SelfEdit {
        Require.nonBlank("selfEditId", selfEditId);
        Require.atLeast("index", index, 0);
        Require.present("completion", completion);
        trainingSequences = List.copyOf(trainingSequences);
        tokens = tokens.clone();
        logProbabilities = logProbabilities.clone();
        if (tokens.length != logProbabilities.length) {
            throw new IllegalArgumentException("self-edit " + selfEditId + " has " + tokens.length + " tokens but "
                    + logProbabilities.length + " log-probabilities; allowed: one for each token");
        }
        if (invalidReason == null && trainingSequences.isEmpty()) {
            throw new IllegalArgumentException("self-edit " + selfEditId
                    + " has no training sequence; a valid edit has at least the passage itself");
        }
    }

    public boolean valid() {
        return invalidReason == null;
    }

    @Override
    public int[] tokens() {
        return tokens.clone();
    }

    @Override
    public float[] logProbabilities() {
        return logProbabilities.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SelfEdit that
                && selfEditId.equals(that.selfEditId)
                && index == that.index
                && completion.equals(that.completion)
                && trainingSequences.equals(that.trainingSequences)
                && Objects.equals(invalidReason, that.invalidReason)
                && Arrays.equals(tokens, that.tokens)
                && Arrays.equals(logProbabilities, that.logProbabilities);
    }

    @Override
    public int hashCode() {
        return Objects.hash(selfEditId, index, completion);
    }
}
