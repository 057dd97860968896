package dev.sealstream.languagemodel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import java.util.List;
import java.util.Map;

/** Where a decoder's tensors come from, by Hugging Face name. */
interface WeightSource {
    /**
     * Returns a tensor.
     *
     * @param shape the shape it must have
     * @throws RuntimeException that names the tensor, if it is missing or has another shape
     */
    Tensor read(NDManager manager, String name, List<Long> shape);

    /**
     * A tensor as it was stored.
     *
     * @param parts one below the other; several if one would be too large for one buffer
     * @param bfloat16 whether the parts, labelled float16, hold the bits of bfloat16
     */
    record Tensor(List<NDArray> parts, boolean bfloat16) {}

    /** Tensors in Java memory. */
    static WeightSource of(Map<String, float[]> weights) {
        return (manager, name, shape) -> {
            float[] values = weights.get(name);
            long size = shape.stream().reduce(1L, Math::multiplyExact);
            if (values == null || values.length != size) {
                throw new IllegalArgumentException("weight " + name + " should have shape " + shape + ", found "
                        + (values == null ? "none" : values.length + " values"));
            }
            return new Tensor(List.of(manager.create(values, new Shape(shape))), false);
        };
    }
}
