package dev.sealstream.languagemodel;

import java.util.List;
import java.util.stream.Stream;

/**
 * Texts that every adapter of a call reads in each step beside its own.
 *
 * @param sequences learnt as they stand, such as what was learnt before; may be empty
 * @param weight of their mean loss over tokens, beside the mean loss of the adapter's own sequences
 * @param anchors texts on which the adapter is to predict what the model without it predicts; may be empty
 * @param anchorWeight of the mean Kullback-Leibler divergence over their tokens
 */
public record Rehearsal(
        List<TrainingSequence> sequences, double weight, List<TrainingSequence> anchors, double anchorWeight) {
    public static final Rehearsal NONE = new Rehearsal(List.of(), 0, List.of(), 0);

    public Rehearsal {
        sequences = List.copyOf(sequences);
        anchors = List.copyOf(anchors);
        if (!(weight >= 0) || !(anchorWeight >= 0) || Double.isInfinite(weight) || Double.isInfinite(anchorWeight)) {
            throw new IllegalArgumentException("rehearsal has weight " + weight + " and anchorWeight " + anchorWeight
                    + "; they must be finite and not negative");
        }
    }

    Stream<TrainingSequence> texts() {
        return Stream.concat(sequences.stream(), anchors.stream());
    }
}
