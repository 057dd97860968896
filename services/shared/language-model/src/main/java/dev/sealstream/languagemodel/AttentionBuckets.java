package dev.sealstream.languagemodel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Sorts sequences into buckets of about the same length, for attention: its costs grow with the square of the length to
 * which the bucket is filled up, and every bucket has a fixed price.
 */
final class AttentionBuckets {
    /**
     * Fixed price of a bucket, in entries of one head's T × T matrix of probabilities: some thirty operations of a few
     * microseconds against a few nanoseconds an entry.
     */
    private static final long BUCKET_COST_ENTRIES = 60_000;

    /** Rows are as long as a multiple of this, for the reason that {@link StepChunk} has. */
    private static final int ROW_MULTIPLE = 8;

    private AttentionBuckets() {}

    /** Length of the rows that hold sequences of at most so many tokens. */
    static int rounded(int longest) {
        return (longest + ROW_MULTIPLE - 1) / ROW_MULTIPLE * ROW_MULTIPLE;
    }

    /**
     * Returns buckets of indices into {@code lengths}, the longest first, at the least total cost.
     *
     * @param heads H; more heads share the fixed price
     */
    static List<List<Integer>> of(int[] lengths, int heads) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < lengths.length; i++) {
            order.add(i);
        }
        order.sort(Comparator.<Integer>comparingInt(i -> lengths[i]).reversed().thenComparingInt(i -> i));
        int n = order.size();
        long fixed = BUCKET_COST_ENTRIES / heads;
        long[] cost = new long[n + 1]; // of the sequences from here on
        int[] end = new int[n]; // of the bucket that starts here
        for (int from = n - 1; from >= 0; from--) {
            long square = (long) lengths[order.get(from)] * lengths[order.get(from)];
            cost[from] = Long.MAX_VALUE;
            for (int to = from + 1; to <= n; to++) {
                long total = fixed + (to - from) * square + cost[to];
                if (total < cost[from]) {
                    cost[from] = total;
                    end[from] = to;
                }
            }
        }
        List<List<Integer>> buckets = new ArrayList<>();
        for (int from = 0; from < n; from = end[from]) {
            buckets.add(List.copyOf(order.subList(from, end[from])));
        }
        return buckets;
    }
}
