package dev.sealstream.experiments.statistics;

import dev.sealstream.domain.Estimate;
import dev.sealstream.domain.StudentT;

import java.util.Collection;

/**
 * A mean with standard error and 95 % interval.
 *
 * @param standardError over documents; null for a single value, which has none
 * @param low lower end of the 95 % interval (Student's t); null without a standard error
 * @param high upper end
 * @param n number of values
 */
public record Summary(double mean, Double standardError, Double low, Double high, int n) {
    /** @throws IllegalArgumentException if there are no values */
    public static Summary of(Collection<Double> values) {
        var estimate =
                Estimate.of(values.stream().mapToDouble(Double::doubleValue).toArray());
        if (estimate.count() == 1) {
            return new Summary(estimate.mean(), null, null, null, 1);
        }
        double half = StudentT.halfWidth95(estimate.standardError(), estimate.count() - 1);
        return new Summary(
                estimate.mean(),
                estimate.standardError(),
                estimate.mean() - half,
                estimate.mean() + half,
                estimate.count());
    }
}
