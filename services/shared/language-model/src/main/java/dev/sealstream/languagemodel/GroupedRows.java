package dev.sealstream.languagemodel;

import java.util.ArrayList;
import java.util.List;

/**
 * Packs the sequences of several adapters into rows, equally many for each adapter, in the order of the adapters.
 *
 * <p>Long and short sequences may go into two chunks, whose gradients add up: attention costs grow with the length of a
 * row, so that short sequences are dear beside a long one.
 */
final class GroupedRows {
    /** Row lengths to try, in multiples of the longest sequence: longer rows pack tighter, but attention costs more. */
    private static final double[] ROW_LENGTHS = {1, 1.25, 1.5, 2, 3};
    /** Longest of the short sequences to try, as a share of the longest of all; 1 leaves all together. */
    private static final double[] SHORT_SHARES = {1, 0.5, 0.33, 0.25};
    /** How much dearer an operation in attention is than one in a large matrix product, as measured on a CPU. */
    private static final double ATTENTION_COST = 3;
    /** What a chunk costs beside its tokens, in tokens per adapter: every operation has a fixed price. */
    private static final int CHUNK_COST_TOKENS = 16;

    private final ModelConfig config;

    private GroupedRows(ModelConfig config) {
        this.config = config;
    }

    /**
     * Packs in the way that needs the least work.
     *
     * @param targets for each adapter its sequences, maybe none; not none for all
     * @return one or two chunks
     */
    static List<List<PackedRow>> pack(List<List<PackedRow.Target>> targets, ModelConfig config) {
        GroupedRows packing = new GroupedRows(config);
        int longest = longest(targets);
        List<Chunk> best = List.of();
        for (double share : SHORT_SHARES) {
            int bound = (int) (share * longest);
            List<Chunk> chunks = new ArrayList<>();
            packing.addChunk(chunks, part(targets, bound + 1, longest));
            packing.addChunk(chunks, part(targets, 1, bound));
            if (best.isEmpty() || total(chunks) < total(best)) {
                best = chunks;
            }
        }
        return best.stream().map(chunk -> filledUp(chunk.rows)).toList();
    }

    private record Chunk(List<List<PackedRow>> rows, double cost) {}

    private static double total(List<Chunk> chunks) {
        return chunks.stream().mapToDouble(Chunk::cost).sum();
    }

    private static int longest(List<List<PackedRow.Target>> targets) {
        return targets.stream()
                .flatMap(List::stream)
                .mapToInt(target -> target.tokens().length)
                .max()
                .orElse(0);
    }

    /** The sequences within these lengths, both included. */
    private static List<List<PackedRow.Target>> part(List<List<PackedRow.Target>> targets, int from, int to) {
        return targets.stream()
                .map(own -> own.stream()
                        .filter(target -> target.tokens().length >= from && target.tokens().length <= to)
                        .toList())
                .toList();
    }

    private void addChunk(List<Chunk> chunks, List<List<PackedRow.Target>> targets) {
        int longest = longest(targets);
        Chunk best = null;
        for (double factor : ROW_LENGTHS) {
            List<List<PackedRow>> rows = targets.stream()
                    .map(own -> PackedRow.pack(own, (int) (factor * longest)))
                    .toList();
            if (longest > 0 && (best == null || cost(rows) < best.cost)) {
                best = new Chunk(rows, cost(rows));
            }
        }
        if (best != null) {
            chunks.add(best);
        }
    }

    /** Multiplications of one layer, roughly, per adapter. */
    private double cost(List<List<PackedRow>> rows) {
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
        return ((double) most(rows) * length + CHUNK_COST_TOKENS) * (products + attention);
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
