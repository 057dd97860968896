package dev.sealstream.languagemodel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;

/**
 * Rows of packed sequences as tensors.
 *
 * @param rows (3, B, T) int64: token ids, positions, segments; the end of a row is filled with token 0 in a segment of its own
 * @param targets (3, N) int64: index into the B·T positions that predicts, token predicted, group
 * @param weights (2, N) float: share in the group's reported loss, weight in the objective
 */
record PackedBatch(NDArray rows, NDArray targets, NDArray weights) {
    private static final int FILLER_SEGMENT = -1;

    static PackedBatch of(NDManager manager, List<PackedRow> rows) {
        int length = rows.stream().mapToInt(PackedRow::tokens).max().orElseThrow();
        int area = rows.size() * length;
        int count = (int) rows.stream()
                .flatMap(row -> row.sequences().stream())
                .mapToLong(PackedRow.Target::predictions)
                .sum();
        long[] grid = new long[3 * area];
        java.util.Arrays.fill(grid, 2 * area, 3 * area, FILLER_SEGMENT);
        long[] targets = new long[3 * count];
        float[] weights = new float[2 * count];
        int n = 0;
        for (int r = 0; r < rows.size(); r++) {
            int cell = r * length;
            int segment = 0;
            for (PackedRow.Target sequence : rows.get(r).sequences()) {
                for (int i = 0; i < sequence.tokens().length; i++, cell++) {
                    grid[cell] = sequence.tokens()[i];
                    grid[area + cell] = i;
                    grid[2 * area + cell] = segment;
                    if (i > 0 && sequence.isPredicted(i)) {
                        targets[n] = cell - 1;
                        targets[count + n] = sequence.tokens()[i];
                        targets[2 * count + n] = sequence.group();
                        weights[n] = sequence.share()[i];
                        weights[count + n] = sequence.objective()[i];
                        n++;
                    }
                }
                segment++;
            }
        }
        return new PackedBatch(
                manager.create(LongBuffer.wrap(grid), new Shape(3, rows.size(), length), DataType.INT64),
                manager.create(LongBuffer.wrap(targets), new Shape(3, count), DataType.INT64),
                manager.create(FloatBuffer.wrap(weights), new Shape(2, count), DataType.FLOAT32));
    }
}
