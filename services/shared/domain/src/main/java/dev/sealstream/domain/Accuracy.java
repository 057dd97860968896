package dev.sealstream.domain;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Collection;

/**
 * Accuracy as SEAL reports it: the mean score of the answers (the share of right ones, where each is right or wrong)
 * rounded to four decimals for each repeat, and exact means of those. The rounding matters: it decides some of SEAL's ties (two questions right once do not equal one question right
 * twice, 0.6667 against 0.3333 + 0.3333).
 */
public final class Accuracy {
    private static final int DECIMALS = 4;

    private Accuracy() {}

    public static BigDecimal of(Collection<GradedAnswer> answers) {
        if (answers.isEmpty()) {
            throw new IllegalArgumentException("accuracy of no answers is undefined; ask at least one question");
        }
        double score = answers.stream().mapToDouble(GradedAnswer::score).sum();
        return new BigDecimal(score / answers.size()).setScale(DECIMALS, RoundingMode.HALF_EVEN);
    }

    /** Exact to the nearest double, independent of the order of the values. */
    public static double mean(Collection<BigDecimal> accuracies) {
        var sum = accuracies.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        return sum.divide(BigDecimal.valueOf(accuracies.size()), MathContext.DECIMAL128)
                .doubleValue();
    }
}
