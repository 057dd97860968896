package dev.sealstream.domain;

import java.math.BigDecimal;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Decides which self-edits of a group are to be measured again, so that repeats go where the group's ranking is uncertain.
 *
 * <p>A self-edit is in doubt while the probability that it is truly better than the leader is above {@link #doubt}: Student's
 * t of the difference between their mean rewards, with the variance of a repeat pooled over the group. Few repeats may agree
 * by chance, so the pooled variance starts from that of independent answers, as if two repeats more had shown it. The
 * leader is measured again with those in doubt. A pure function of the scores: repeated work asks for the same.
 *
 * @param repeatsMax most repeats of one self-edit
 * @param repeatsAtOnce repeats asked for at a time; more need fewer rounds trips and overshoot more
 * @param doubt probability, above 0 and at most 0.5
 */
public record RepeatRule(int repeatsMax, int repeatsAtOnce, double doubt) {
    /** Degrees of freedom that the variance of independent answers counts for. */
    private static final double PRIOR_FREEDOM = 2;

    public RepeatRule {
        Require.atLeast("repeatsMax", repeatsMax, 1);
        Require.atLeast("repeatsAtOnce", repeatsAtOnce, 1);
        if (!(doubt > 0 && doubt <= 0.5)) {
            throw new IllegalArgumentException("doubt is " + doubt
                    + "; allowed: above 0 (always sure) and at most 0.5 (every tie is measured again)");
        }
    }

    /**
     * The further repeats to train.
     *
     * @param accuracies by self-edit index the accuracy of each repeat so far; only those that can still be ranked
     * @param questions number of questions behind each accuracy
     * @return by self-edit index how many repeats more; empty when the ranking is certain enough, or cannot become so
     */
    public SortedMap<Integer, Integer> wanted(SortedMap<Integer, List<BigDecimal>> accuracies, int questions) {
        var wanted = new TreeMap<Integer, Integer>();
        for (int index : inDoubt(accuracies, questions)) {
            int left = repeatsMax - accuracies.get(index).size();
            if (left > 0) {
                wanted.put(index, Math.min(repeatsAtOnce, left));
            }
        }
        return wanted;
    }

    private SortedSet<Integer> inDoubt(SortedMap<Integer, List<BigDecimal>> accuracies, int questions) {
        var doubted = new TreeSet<Integer>();
        if (accuracies.size() < 2) {
            return doubted;
        }
        var means = new TreeMap<Integer, Double>();
        accuracies.forEach((index, repeats) -> means.put(index, Accuracy.mean(repeats)));
        int leader = means.firstKey();
        for (int index : means.keySet()) {
            leader = means.get(index) > means.get(leader) ? index : leader;
        }
        var noise =
                RewardNoise.of(accuracies.values()).withPrior(priorVariance(means.values(), questions), PRIOR_FREEDOM);
        for (int index : means.keySet()) {
            if (index != leader && probabilityAbove(means, accuracies, leader, index, noise) > doubt) {
                doubted.add(index);
            }
        }
        if (!doubted.isEmpty()) {
            doubted.add(leader);
        }
        return doubted;
    }

    private static double probabilityAbove(
            SortedMap<Integer, Double> means,
            SortedMap<Integer, List<BigDecimal>> accuracies,
            int leader,
            int index,
            RewardNoise noise) {
        double lead = means.get(leader) - means.get(index);
        double inverse = 1.0 / accuracies.get(leader).size()
                + 1.0 / accuracies.get(index).size();
        double standardError = Math.sqrt(noise.variance() * inverse);
        // Without any noise a lead is certain, and what is equal is truly equal: nothing to find out.
        return standardError == 0 ? 0 : StudentT.cumulative(-lead / standardError, noise.degreesOfFreedom());
    }

    /** Of the mean over so many independent answers, each right with the group's mean accuracy. */
    private static double priorVariance(Iterable<Double> means, int questions) {
        double sum = 0;
        int count = 0;
        for (double mean : means) {
            sum += mean;
            count++;
        }
        double accuracy = sum / count;
        return accuracy * (1 - accuracy) / questions;
    }
}
