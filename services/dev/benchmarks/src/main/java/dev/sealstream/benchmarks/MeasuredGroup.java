package dev.sealstream.benchmarks;

import dev.sealstream.domain.RepeatRule;
import dev.sealstream.policymodel.Sitting;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * One rollout group that was measured more often than any reward needs.
 *
 * @param accuracies by self-edit, by repeat
 * @param checksFrom repeats from here on are the second opinion, the others are there for the reward
 */
record MeasuredGroup(List<List<BigDecimal>> accuracies, int checksFrom, int questions) {

    static MeasuredGroup of(List<Sitting> sittings, int repeats, int checksFrom, int questions) {
        var accuracies = new ArrayList<List<BigDecimal>>();
        for (int from = 0; from < sittings.size(); from += repeats) {
            accuracies.add(sittings.subList(from, from + repeats).stream()
                    .map(Sitting::accuracy)
                    .toList());
        }
        return new MeasuredGroup(accuracies, checksFrom, questions);
    }

    /** The reward from so many repeats of every self-edit. */
    Reward fixed(int repeats) {
        int[] each = new int[accuracies.size()];
        Arrays.fill(each, repeats);
        return reward(each);
    }

    /** The reward from as many repeats as the rule asks for, which is what evaluator and update worker do together. */
    Reward adaptive(RepeatRule rule, int first) {
        int[] each = new int[accuracies.size()];
        Arrays.fill(each, first);
        while (true) {
            var scores = new TreeMap<Integer, List<BigDecimal>>();
            for (int edit = 0; edit < each.length; edit++) {
                scores.put(edit, accuracies.get(edit).subList(0, each[edit]));
            }
            var wanted = rule.wanted(scores, questions);
            if (wanted.isEmpty()) {
                return reward(each);
            }
            wanted.forEach((edit, more) -> each[edit] += more);
        }
    }

    private Reward reward(int[] repeats) {
        var used = new ArrayList<double[]>();
        double[] checks = new double[repeats.length];
        for (int edit = 0; edit < repeats.length; edit++) {
            var own = accuracies.get(edit);
            used.add(values(own.subList(0, repeats[edit])));
            checks[edit] = mean(values(own.subList(checksFrom, own.size())));
        }
        return new Reward(used, checks);
    }

    private static double[] values(List<BigDecimal> accuracies) {
        return accuracies.stream().mapToDouble(BigDecimal::doubleValue).toArray();
    }

    private static double mean(double... values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    /**
     * Reliability of rewards by a second opinion: their covariance with it within groups, over their own variance.
     */
    static double agreement(List<Reward> rewards) {
        double covariance = 0;
        double variance = 0;
        for (var group : rewards) {
            double[] means = group.means();
            double mean = mean(means);
            double check = mean(group.checks());
            for (int edit = 0; edit < means.length; edit++) {
                covariance += (means[edit] - mean) * (group.checks()[edit] - check);
                variance += (means[edit] - mean) * (means[edit] - mean);
            }
        }
        return covariance / variance;
    }

    /**
     * What a group was given.
     *
     * @param used by self-edit the repeats its reward is the mean of
     * @param checks by self-edit the second opinion
     */
    record Reward(List<double[]> used, double[] checks) {
        double[] means() {
            return used.stream().mapToDouble(MeasuredGroup::mean).toArray();
        }

        /** Repeats a self-edit on average. */
        double repeats() {
            return used.stream().mapToInt(each -> each.length).average().orElseThrow();
        }

        /** 1 where the selected self-edit is the best in the second opinion, else 0. */
        double bestFound() {
            return regret() == 0 ? 1 : 0;
        }

        double regret() {
            double[] means = means();
            int selected = 0;
            for (int edit = 1; edit < means.length; edit++) {
                selected = means[edit] > means[selected] ? edit : selected;
            }
            return IntStream.range(0, checks.length)
                            .mapToDouble(edit -> checks[edit])
                            .max()
                            .orElseThrow()
                    - checks[selected];
        }
    }
}
