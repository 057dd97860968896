package dev.sealstream.domain;

import java.util.Arrays;
import java.util.List;

/**
 * How much of a reward is the self-edit and how much is luck: the intraclass correlation of the reward within groups.
 *
 * <p>One-way random-effects analysis of variance with the self-edits of a group as classes and their repeats as
 * measurements, sums of squares pooled over the groups: differences between documents count neither for nor against.
 * Source: Shrout and Fleiss 1979, ICC(1,1) and ICC(1,k); unequal numbers of repeats after Searle, Casella and McCulloch
 * 1992, section 3.6.
 *
 * @param betweenVariance variance of the self-edits' true rewards within a group; negative where chance makes it so
 * @param withinVariance variance of one repeat around its self-edit's true reward
 * @param selfEdits number of self-edits that were measured
 * @param repeats number of measurements over all self-edits
 * @param meanInverseRepeats mean over the self-edits of 1 / repeats: what is left of the variance in their mean rewards
 */
public record Reliability(
        double betweenVariance, double withinVariance, int selfEdits, int repeats, double meanInverseRepeats) {

    /**
     * Reliability from rewards.
     *
     * @param groups for each group and self-edit the rewards of its repeats; groups of fewer than two self-edits say nothing
     *     and are passed over
     */
    public static Reliability of(List<List<double[]>> groups) {
        double betweenSquares = 0;
        double withinSquares = 0;
        double effectiveRepeats = 0;
        double inverseRepeats = 0;
        int betweenFreedom = 0;
        int withinFreedom = 0;
        int selfEdits = 0;
        int repeats = 0;
        for (var group : groups) {
            if (group.size() < 2) {
                continue;
            }
            int measurements = group.stream().mapToInt(edit -> edit.length).sum();
            double squaredRepeats = group.stream()
                    .mapToDouble(edit -> (double) edit.length * edit.length)
                    .sum();
            double grandMean = group.stream().flatMapToDouble(Arrays::stream).sum() / measurements;
            for (double[] edit : group) {
                double mean = Arrays.stream(edit).average().orElseThrow(Reliability::unmeasured);
                betweenSquares += edit.length * (mean - grandMean) * (mean - grandMean);
                withinSquares += Arrays.stream(edit)
                        .map(reward -> (reward - mean) * (reward - mean))
                        .sum();
                inverseRepeats += 1.0 / edit.length;
            }
            effectiveRepeats += measurements - squaredRepeats / measurements;
            betweenFreedom += group.size() - 1;
            withinFreedom += measurements - group.size();
            selfEdits += group.size();
            repeats += measurements;
        }
        if (betweenFreedom == 0 || withinFreedom == 0) {
            throw new IllegalArgumentException("reliability needs a group of two self-edits and a self-edit of two"
                    + " repeats; found " + betweenFreedom + " comparisons of self-edits and " + withinFreedom
                    + " of repeats");
        }
        double within = withinSquares / withinFreedom;
        double between = (betweenSquares / betweenFreedom - within) / (effectiveRepeats / betweenFreedom);
        return new Reliability(between, within, selfEdits, repeats, inverseRepeats / selfEdits);
    }

    /** Of a reward that is the mean of so many repeats, 0 to 1; 0 where the self-edits do not differ. */
    public double ofMeanOver(int repeats) {
        return ofNoise(withinVariance / Require.atLeast("repeats", repeats, 1));
    }

    /** Of the rewards as they were measured: each the mean of its own number of repeats. */
    public double ofRewards() {
        return ofNoise(withinVariance * meanInverseRepeats);
    }

    private double ofNoise(double noise) {
        double signal = Math.max(0, betweenVariance);
        return signal == 0 ? 0 : signal / (signal + noise);
    }

    private static IllegalArgumentException unmeasured() {
        return new IllegalArgumentException("a self-edit has no repeats; leave out self-edits that were not measured");
    }
}
