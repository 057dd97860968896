package dev.sealstream.domain;

import java.util.Arrays;

/**
 * A mean with its standard error.
 *
 * @param standardError sample standard deviation divided by √n; infinite for a single value
 * @param count number of values
 */
public record Estimate(double mean, double standardError, int count) {

    public static Estimate of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("the mean of no values is undefined; give at least one");
        }
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        double standardError = values.length == 1
                ? Double.POSITIVE_INFINITY
                : Math.sqrt(squares / (values.length - 1) / values.length);
        return new Estimate(mean, standardError, values.length);
    }

    /** Whether the mean lies more than {@code standardErrors} standard errors above {@code threshold}. */
    public boolean exceeds(double threshold, double standardErrors) {
        return mean - standardErrors * standardError > threshold;
    }
}
