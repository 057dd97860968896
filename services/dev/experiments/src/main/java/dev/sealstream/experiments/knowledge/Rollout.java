package dev.sealstream.experiments.knowledge;

import dev.sealstream.domain.Outcome;
import dev.sealstream.domain.RolloutEnded;
import dev.sealstream.domain.SelfEdit;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;

/**
 * What the experiment keeps of an ended rollout.
 *
 * @param scores accuracy in each repeat, 0 to 1; empty when the rollout failed or was cancelled
 * @param baseline accuracy of the same version before any update; null when it was not measured
 * @param reason why it was not scored; empty when it was
 */
record Rollout(
        String groupId,
        int groupSize,
        int index,
        String completion,
        List<String> trainingSequences,
        List<Double> scores,
        Double baseline,
        String reason) {

    /** @param repeats planned: an edit that cannot be trained on is worth nothing in every one of them */
    static Rollout of(RolloutEnded ended, int repeats) {
        SelfEdit edit = ended.selfEdit();
        return new Rollout(
                ended.rolloutGroupId(),
                ended.groupSize(),
                edit.index(),
                edit.completion(),
                edit.trainingSequences(),
                scores(ended.outcome(), repeats),
                ended.baselineAccuracy(),
                ended.outcome().reason());
    }

    private static List<Double> scores(Outcome outcome, int repeats) {
        if (outcome instanceof Outcome.Scored scored) {
            return scored.accuracies().stream().map(BigDecimal::doubleValue).toList();
        }
        return outcome instanceof Outcome.Invalid ? Collections.nCopies(repeats, 0.0) : List.of();
    }

    /** Whether the updated models were questioned. */
    boolean isScored() {
        return reason.isEmpty();
    }

    boolean hasScores() {
        return !scores.isEmpty();
    }

    double mean() {
        return scores.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
