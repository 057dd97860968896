package dev.sealstream.languagemodel;

import java.util.List;

/**
 * Sequences whose weighted mean loss is one term of a training objective.
 *
 * @param weight of this term in the sum over batches
 */
public record WeightedBatch(double weight, List<WeightedSequence> sequences) {
    public WeightedBatch {
        sequences = List.copyOf(sequences);
        if (!(weight >= 0)) {
            throw new IllegalArgumentException("a batch has weight " + weight + "; it must not be negative");
        }
    }
}
