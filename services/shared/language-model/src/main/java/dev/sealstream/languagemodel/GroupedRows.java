package dev.sealstream.languagemodel;

import java.util.ArrayList;
import java.util.List;

/** Packs the sequences of several adapters into rows, equally many for each adapter, in the order of the adapters. */
final class GroupedRows {
    /** Row lengths to try, in multiples of the longest sequence: longer rows pack tighter, but attention costs more. */
    private static final double[] ROW_LENGTHS = {1, 1.25, 1.5, 2, 3};
    /** How much dearer an operation in attention is than one in a large matrix product, as measured on a CPU. */
    private static final double ATTENTION_COST = 3;

    private GroupedRows() {}

    /**
     * Packs with the row length that needs the least work.
     *
     * @param targets for each adapter its sequences, maybe none
     */
    static List<PackedRow> pack(List<List<PackedRow.Target>> targets, ModelConfig config) {
        int longest = targets.stream()
                .flatMap(List::stream)
                .mapToInt(target -> target.tokens().length)
                .max()
                .orElseThrow();
        List<List<PackedRow>> best = List.of();
        double bestCost = Double.POSITIVE_INFINITY;
        for (double factor : ROW_LENGTHS) {
            int capacity = (int) (factor * longest);
            List<List<PackedRow>> rows =
                    targets.stream().map(own -> PackedRow.pack(own, capacity)).toList();
            double cost = cost(rows, config);
            if (cost < bestCost) {
                bestCost = cost;
                best = rows;
            }
        }
        return filledUp(best);
    }

    /** Multiplications of one layer, roughly, per adapter. */
    private static double cost(List<List<PackedRow>> rows, ModelConfig config) {
        int length = rows.stream()
                .flatMap(List::stream)
                .mapToInt(PackedRow::tokens)
                .max()
                .orElseThrow();
        double products = 0;
        for (LinearModule module : LinearModule.values()) {
            products += (double) module.inFeatures(config) * module.outFeatures(config);
        }
        double attention = 2.0 * length * config.attentionHeads() * config.headDimension() * ATTENTION_COST;
        return (double) most(rows) * length * (products + attention);
    }

    private static int most(List<List<PackedRow>> rows) {
        return rows.stream().mapToInt(List::size).max().orElseThrow();
    }

    private static List<PackedRow> filledUp(List<List<PackedRow>> rows) {
        int most = most(rows);
        List<PackedRow> all = new ArrayList<>();
        for (List<PackedRow> own : rows) {
            all.addAll(own);
            for (int i = own.size(); i < most; i++) {
                all.add(new PackedRow());
            }
        }
        return all;
    }
}
