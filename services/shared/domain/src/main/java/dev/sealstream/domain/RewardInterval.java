package dev.sealstream.domain;

/**
 * How far a reward may be from what endlessly many repeats would give.
 *
 * @param standardError of the mean over the repeats, with the variance of a repeat pooled over the group
 * @param degreesOfFreedom what the pooled variance rests on
 * @param low lower end of the 95 % confidence interval (Student's t), at least 0
 * @param high upper end, at most 1
 */
public record RewardInterval(double standardError, double degreesOfFreedom, double low, double high) {
    public RewardInterval {
        if (!(standardError >= 0) || !(degreesOfFreedom > 0) || !(low <= high)) {
            throw new IllegalArgumentException("interval of a reward has standard error " + standardError + ", "
                    + degreesOfFreedom + " degrees of freedom, from " + low + " to " + high
                    + "; allowed: an error of 0 or more, freedom above 0, low up to high");
        }
    }

    static RewardInterval of(double reward, int repeats, RewardNoise noise) {
        double standardError = Math.sqrt(noise.variance() / repeats);
        double reach = StudentT.halfWidth95(standardError, noise.degreesOfFreedom());
        return new RewardInterval(
                standardError, noise.degreesOfFreedom(), Math.max(0, reward - reach), Math.min(1, reward + reach));
    }
}
