package dev.sealstream.languagemodel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What some adapters learn in one pass, as {@code adapter_training.py} takes it: a block of tokens for each adapter, blocks of
 * equal length, one after another.
 *
 * @param adapters (k) int64: which adapters the blocks belong to
 * @param stream (2, N) int64: token ids, positions; a block may end in fillers
 * @param buckets of attention, each (b, T) int64 indices into the stream
 * @param places (N) int64: where each token of the stream stands in the buckets
 * @param targets (3, M) int64: index into the stream that predicts, token predicted, block
 * @param weights (2, M) float: share in the adapter's reported loss, weight in the objective
 */
record TokenStream(
        NDArray adapters, NDArray stream, List<NDArray> buckets, NDArray places, NDArray targets, NDArray weights) {

    /**
     * Lays out a chunk.
     *
     * @param heads H of the model, for the choice of buckets
     */
    static TokenStream of(NDManager manager, StepChunk chunk, int heads) {
        return new Layout(chunk, heads).toDevice(manager);
    }

    private static final class Layout {
        private final int[] adapters;
        private final long[] stream;
        private final int tokens;
        private final List<PackedRow.Target> sequences = new ArrayList<>();
        private final List<Integer> starts = new ArrayList<>();
        private final List<Integer> blocks = new ArrayList<>();
        private final int heads;

        Layout(StepChunk chunk, int heads) {
            this.heads = heads;
            int block = chunk.blockTokens();
            adapters = chunk.adapters();
            tokens = adapters.length * block;
            stream = new long[2 * tokens];
            for (int k = 0; k < adapters.length; k++) {
                int at = k * block;
                for (PackedRow.Target sequence : chunk.sequences().get(k)) {
                    sequences.add(sequence);
                    starts.add(at);
                    blocks.add(k);
                    for (int i = 0; i < sequence.tokens().length; i++, at++) {
                        stream[at] = sequence.tokens()[i];
                        stream[tokens + at] = i;
                    }
                }
            }
        }

        TokenStream toDevice(NDManager manager) {
            int[] lengths = sequences.stream().mapToInt(s -> s.tokens().length).toArray();
            List<NDArray> buckets = new ArrayList<>();
            long[] places = new long[tokens];
            java.util.Arrays.fill(places, -1);
            int place = 0;
            for (List<Integer> bucket : AttentionBuckets.of(lengths, heads)) {
                int longest = AttentionBuckets.rounded(lengths[bucket.get(0)]);
                long[] indices = new long[bucket.size() * longest];
                for (int row = 0; row < bucket.size(); row++) {
                    int start = starts.get(bucket.get(row));
                    int length = lengths[bucket.get(row)];
                    for (int i = 0; i < longest; i++) {
                        indices[row * longest + i] = start + Math.min(i, length - 1);
                    }
                    for (int i = 0; i < length; i++) {
                        places[start + i] = place + row * longest + i;
                    }
                }
                place += indices.length;
                buckets.add(longs(manager, indices, bucket.size(), longest));
            }
            for (int i = 0; i < tokens; i++) {
                places[i] = places[i] < 0 ? place : places[i];
            }
            return withTargets(manager, buckets, longs(manager, places, tokens));
        }

        private TokenStream withTargets(NDManager manager, List<NDArray> buckets, NDArray places) {
            int count = 0;
            for (PackedRow.Target sequence : sequences) {
                count += sequence.predictions();
            }
            long[] targets = new long[3 * count];
            float[] weights = new float[2 * count];
            int n = 0;
            for (int s = 0; s < sequences.size(); s++) {
                PackedRow.Target sequence = sequences.get(s);
                for (int i = 1; i < sequence.tokens().length; i++) {
                    if (sequence.isPredicted(i)) {
                        targets[n] = starts.get(s) + i - 1;
                        targets[count + n] = sequence.tokens()[i];
                        targets[2 * count + n] = blocks.get(s);
                        weights[n] = sequence.share()[i];
                        weights[count + n] = sequence.objective()[i];
                        n++;
                    }
                }
            }
            long[] own = java.util.Arrays.stream(adapters).asLongStream().toArray();
            return new TokenStream(
                    manager.create(own),
                    longs(manager, stream, 2, tokens),
                    buckets,
                    places,
                    longs(manager, targets, 3, count),
                    manager.create(FloatBuffer.wrap(weights), new Shape(2, count), DataType.FLOAT32));
        }

        private static NDArray longs(NDManager manager, long[] values, long... shape) {
            return manager.create(LongBuffer.wrap(values), new Shape(shape), DataType.INT64);
        }
    }
}
