package dev.sealstream.experiments.statistics;

import java.util.ArrayList;
import java.util.List;

/**
 * What selection among the self-edits of one document is worth.
 *
 * <p>The best of several noisy measurements is better measured than it is. {@link #crossFitted} therefore chooses by some
 * repeats and scores by the one left out.
 */
public final class BestOf {
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
            int best = best(scores.stream().map(edit -> meanWithout(edit, out)).toList());
            sum += scores.get(best).get(out);
        }
        return sum / repeats;
    }

    /** Chosen and scored by the same repeats: too high by what chance added to the best. */
    public static double naive(List<List<Double>> scores) {
        requireRectangle(scores, 1);
        var means = scores.stream().map(edit -> meanWithout(edit, -1)).toList();
        return means.get(best(means));
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

    private static double meanWithout(List<Double> values, int left) {
        var kept = new ArrayList<Double>();
        for (int i = 0; i < values.size(); i++) {
            if (i != left) {
                kept.add(values.get(i));
            }
        }
        return kept.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
