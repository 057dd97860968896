package dev.sealstream.languagemodel;

import java.util.List;

/**
 * What one adapter learns.
 *
 * @param id names the adapter in results and errors
 * @param seed of its initial values and of the order of its sequences: the same task gives the same adapter
 * @param sequences at least one
 * @param training its own epochs, batches and learning rate; null for those of the call
 */
public record AdapterTask(String id, long seed, List<TrainingSequence> sequences, TrainingSettings training) {
    public AdapterTask {
        sequences = List.copyOf(sequences);
        if (sequences.isEmpty()) {
            throw new IllegalArgumentException("adapter " + id + " has no training sequences; give at least one");
        }
    }

    /** Trained as the call says. */
    public AdapterTask(String id, long seed, List<TrainingSequence> sequences) {
        this(id, seed, sequences, null);
    }

    /** Tokens it is trained on, each as often as it is read. */
    long tokens(TrainingSettings ofCall) {
        long once = sequences.stream()
                .mapToLong(sequence -> sequence.tokens().length)
                .sum();
        return once * trainingOr(ofCall).epochs();
    }

    TrainingSettings trainingOr(TrainingSettings ofCall) {
        return training == null ? ofCall : training;
    }
}
