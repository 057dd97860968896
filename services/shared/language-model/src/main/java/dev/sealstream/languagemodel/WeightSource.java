package dev.sealstream.languagemodel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import java.util.Arrays;
import java.util.Map;

/** Where a decoder's tensors come from, by Hugging Face name. */
interface WeightSource {
    /**
     * Returns a tensor.
     *
     * @param shape the shape it must have
     * @throws RuntimeException that names the tensor, if it is missing or has another shape
     */
    Part read(NDManager manager, String name, long... shape);

    /**
     * A tensor as it was stored.
     *
     * @param bfloat16 whether {@code array}, labelled float16, holds the bits of bfloat16
     */
    record Part(NDArray array, boolean bfloat16) {}

    /** Tensors in Java memory. */
    static WeightSource of(Map<String, float[]> weights) {
        return (manager, name, shape) -> {
            float[] values = weights.get(name);
            long size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
            if (values == null || values.length != size) {
                throw new IllegalArgumentException("weight " + name + " should have shape " + Arrays.toString(shape)
                        + ", found " + (values == null ? "none" : values.length + " values"));
            }
            return new Part(manager.create(values, new Shape(shape)), false);
        };
    }
}
