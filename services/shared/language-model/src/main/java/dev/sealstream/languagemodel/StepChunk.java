package dev.sealstream.languagemodel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A part of a training step that goes through the model in one pass: some adapters with about as many tokens each.
 *
 * <p>Gradients of chunks add up, so how a step is cut changes nothing but speed and memory.
 *
 * @param adapters which of the step's adapters
 * @param sequences of each of them
 */
record StepChunk(int[] adapters, List<List<PackedRow.Target>> sequences) {
    /** Fixed price of a chunk, in tokens: what all its operations cost even if they had nothing to do. */
    private static final int CHUNK_COST_TOKENS = 200;

    /**
     * Blocks are as long as a multiple of this: a product of a shape that was never seen costs the processor's library some
     * hundred microseconds to prepare, so that a few fillers are cheaper than many shapes.
     */
    private static final int BLOCK_MULTIPLE = 8;

    /** One adapter's sequences, or some of them where all together do not fit. */
    private record Block(int adapter, List<PackedRow.Target> sequences, int tokens) {}

    /** Tokens of the longest block, to which the others are filled up, and a few more. */
    int blockTokens() {
        int longest = sequences.stream().mapToInt(StepChunk::tokens).max().orElseThrow();
        return (longest + BLOCK_MULTIPLE - 1) / BLOCK_MULTIPLE * BLOCK_MULTIPLE;
    }

    /** Tokens without fillers. */
    int realTokens() {
        return sequences.stream().mapToInt(StepChunk::tokens).sum();
    }

    private static int tokens(List<PackedRow.Target> sequences) {
        return sequences.stream().mapToInt(s -> s.tokens().length).sum();
    }

    /**
     * Cuts a step so that the fewest tokens, fillers and fixed prices included, are processed.
     *
     * @param targets for each adapter its sequences, maybe none
     * @param tokensMax of a chunk; a single sequence may be longer
     */
    static List<StepChunk> cut(List<List<PackedRow.Target>> targets, int tokensMax) {
        List<Block> blocks = new ArrayList<>();
        for (int k = 0; k < targets.size(); k++) {
            addBlocks(blocks, k, targets.get(k), tokensMax);
        }
        blocks.sort(Comparator.comparingInt(Block::tokens).reversed().thenComparingInt(Block::adapter));
        int n = blocks.size();
        long[] cost = new long[n + 1]; // of the blocks from here on
        int[] end = new int[n]; // of the chunk that starts here
        for (int from = n - 1; from >= 0; from--) {
            cost[from] = Long.MAX_VALUE;
            for (int to = from + 1; to <= n && fits(blocks, from, to, tokensMax); to++) {
                long total = CHUNK_COST_TOKENS + (long) (to - from) * blocks.get(from).tokens + cost[to];
                if (total < cost[from]) {
                    cost[from] = total;
                    end[from] = to;
                }
            }
        }
        List<StepChunk> chunks = new ArrayList<>();
        for (int from = 0; from < n; from = end[from]) {
            List<Block> own = blocks.subList(from, end[from]);
            chunks.add(new StepChunk(
                    own.stream().mapToInt(Block::adapter).toArray(),
                    own.stream().map(Block::sequences).toList()));
        }
        return chunks;
    }

    /** Whether blocks fit into one chunk; two blocks of one adapter never do. */
    private static boolean fits(List<Block> blocks, int from, int to, int tokensMax) {
        if (to - from == 1) {
            return true;
        }
        boolean apart = blocks.subList(from, to - 1).stream().noneMatch(b -> b.adapter == blocks.get(to - 1).adapter);
        return apart && (long) (to - from) * blocks.get(from).tokens <= tokensMax;
    }

    private static void addBlocks(List<Block> blocks, int adapter, List<PackedRow.Target> sequences, int tokensMax) {
        List<PackedRow.Target> block = new ArrayList<>();
        int tokens = 0;
        for (PackedRow.Target sequence : sequences) {
            int length = sequence.tokens().length;
            if (!block.isEmpty() && tokens + length > tokensMax) {
                blocks.add(new Block(adapter, List.copyOf(block), tokens));
                block.clear();
                tokens = 0;
            }
            block.add(sequence);
            tokens += length;
        }
        if (!block.isEmpty()) {
            blocks.add(new Block(adapter, List.copyOf(block), tokens));
        }
    }
}
