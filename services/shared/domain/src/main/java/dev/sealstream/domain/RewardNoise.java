package dev.sealstream.domain;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;

/**
 * Variance of one repeat's accuracy around its self-edit's true reward, pooled over the self-edits of a group.
 *
 * @param degreesOfFreedom how much the variance rests on; 0 when no self-edit was measured twice
 */
record RewardNoise(double variance, double degreesOfFreedom) {

    static RewardNoise of(Collection<List<BigDecimal>> accuracies) {
        double squares = 0;
        int freedom = 0;
        for (var repeats : accuracies) {
            double mean = Accuracy.mean(repeats);
            squares += repeats.stream()
                    .mapToDouble(accuracy -> (accuracy.doubleValue() - mean) * (accuracy.doubleValue() - mean))
                    .sum();
            freedom += repeats.size() - 1;
        }
        return new RewardNoise(freedom == 0 ? 0 : squares / freedom, freedom);
    }

    /** With what was known before counting for so many degrees of freedom. */
    RewardNoise withPrior(double priorVariance, double priorFreedom) {
        double freedom = degreesOfFreedom + priorFreedom;
        return new RewardNoise((variance * degreesOfFreedom + priorVariance * priorFreedom) / freedom, freedom);
    }
}
