package dev.sealstream.benchmarks.checkpoint;

import java.util.Arrays;

/**
 * One tensor of a checkpoint.
 *
 * @param shape not copied
 */
record TensorSpec(String name, long[] shape, Kind kind) {

    /** What the values vary around. */
    enum Kind {
        /** Products and embeddings: around 0. */
        MATRIX(0),
        /** Scales of a norm: around 1. */
        NORM(1),
        /** Added vectors: around 0. */
        BIAS(0);

        private final float center;

        Kind(float center) {
            this.center = center;
        }

        float center() {
            return center;
        }
    }

    static TensorSpec matrix(String name, long rows, long columns) {
        return new TensorSpec(name, new long[] {rows, columns}, Kind.MATRIX);
    }

    static TensorSpec norm(String name, long size) {
        return new TensorSpec(name, new long[] {size}, Kind.NORM);
    }

    static TensorSpec bias(String name, long size) {
        return new TensorSpec(name, new long[] {size}, Kind.BIAS);
    }

    long elements() {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }
}
