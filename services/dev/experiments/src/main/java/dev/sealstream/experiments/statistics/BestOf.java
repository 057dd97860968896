package dev.sealstream.experiments.statistics;

import java.util.List;

/**
 * What selection among the self-edits of one document is worth.
 *
 * <p>The best of several noisy measurements is better measured than it is. {@link #crossFitted} therefore chooses by some
 * repeats and scores by the one left out.
 */
public final class BestOf {
    /** Leaves no repeat out. */
    private static final int NONE = -1;

    private BestOf() {}

    /**
     * For each repeat: choose the self-edit whose other repeats are best on average (the first of equals), take its score
     * on this repeat. Then the mean over repeats.
     *
     * @param scores for each self-edit its score in each repeat; all as many, at least two
     */
    public static double crossFitted(List<List<Double>> scores) {
        int repeats = requireRectangle(scores, 2);
        double sum = 0;
        for (int left = 0; left < repeats; left++) {
            int out = left;
            // All have as many other repeats, so the largest sum is the best mean.
            int best = best(scores.stream().map(edit -> sumWithout(edit, out)).toList());
            sum += scores.get(best).get(out);
        }
        return sum / repeats;
    }

    /** Chosen and scored by the same repeats: too high by what chance added to the best. */
    public static double naive(List<List<Double>> scores) {
        int repeats = requireRectangle(scores, 1);
        var sums = scores.stream().map(edit -> sumWithout(edit, NONE)).toList();
        return sums.get(best(sums)) / repeats;
    }

    private static int requireRectangle(List<List<Double>> scores, int repeatsMin) {
        int repeats = scores.isEmpty() ? 0 : scores.get(0).size();
        boolean unequal = scores.stream().anyMatch(edit -> edit.size() != repeats);
        if (repeats < repeatsMin || unequal) {
            throw new IllegalArgumentException("the self-edits have "
                    + scores.stream().map(List::size).toList()
                    + " repeats; allowed: the same number for each, at least "
                    + repeatsMin);
        }
        return repeats;
    }

    private static int best(List<Double> values) {
        int best = 0;
        for (int i = 1; i < values.size(); i++) {
            if (values.get(i) > values.get(best)) {
                best = i;
            }
        }
        return best;
    }

    /** Added up anew, since a difference of sums would round equal self-edits apart. */
    private static double sumWithout(List<Double> scores, int left) {
        double sum = 0;
        for (int repeat = 0; repeat < scores.size(); repeat++) {
            sum += repeat == left ? 0 : scores.get(repeat);
        }
        return sum;
    }
}
