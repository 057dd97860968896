package dev.sealstream.languagemodel;

import java.util.ArrayList;
import java.util.List;

/**
 * Sequences that stand one after another in one row and do not see each other.
 *
 * <p>Packing saves the padding: a row holds as many sequences as fit, each with positions from 0 and a segment number of
 * its own, by which the attention mask keeps them apart.
 */
final class PackedRow {
    private final List<Target> sequences = new ArrayList<>();
    private int tokens;

    /**
     * A sequence with what its loss counts for.
     *
     * @param tokens its tokens
     * @param objective weight of the prediction of each token in the objective; 0 means the token is not predicted
     * @param share weight of the same prediction in the group's reported loss
     * @param group to which reported loss it belongs
     */
    record Target(int[] tokens, float[] objective, float[] share, int group) {
        /** Whether the prediction of a token counts. */
        boolean isPredicted(int token) {
            return share[token] != 0 || objective[token] != 0;
        }

        /** How many predictions count. */
        int predictions() {
            int count = 0;
            for (int i = 1; i < tokens.length; i++) {
                count += isPredicted(i) ? 1 : 0;
            }
            return count;
        }
    }

    private void add(Target sequence) {
        sequences.add(sequence);
        tokens += sequence.tokens().length;
    }

    List<Target> sequences() {
        return sequences;
    }

    int tokens() {
        return tokens;
    }

    /**
     * Packs sequences into rows of at most {@code capacity} tokens, a longer sequence into a row of its own.
     *
     * <p>First fit, longest first: at most 11/9 of the fewest possible rows (Johnson 1973). Deterministic.
     */
    static List<PackedRow> pack(List<Target> sequences, int capacity) {
        List<Target> longestFirst = new ArrayList<>(sequences);
        longestFirst.sort((x, y) -> Integer.compare(y.tokens().length, x.tokens().length));
        List<PackedRow> rows = new ArrayList<>();
        for (Target sequence : longestFirst) {
            PackedRow fitting = null;
            for (PackedRow row : rows) {
                if (row.tokens + sequence.tokens().length <= capacity) {
                    fitting = row;
                    break;
                }
            }
            if (fitting == null) {
                fitting = new PackedRow();
                rows.add(fitting);
            }
            fitting.add(sequence);
        }
        return rows;
    }
}
