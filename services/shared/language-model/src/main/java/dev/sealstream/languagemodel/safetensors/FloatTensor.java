package dev.sealstream.languagemodel.safetensors;

import java.util.List;

/**
 * A tensor of 32-bit floats in Java memory.
 *
 * @param values row-major; not copied, so do not change it afterwards
 */
public record FloatTensor(List<Long> shape, float[] values) {
    public FloatTensor {
        shape = List.copyOf(shape);
        long size = shape.stream().reduce(1L, Math::multiplyExact);
        if (size != values.length) {
            throw new IllegalArgumentException("shape " + shape + " has " + size + " elements, found " + values.length);
        }
    }

    public static FloatTensor of(float[] values, long... shape) {
        return new FloatTensor(java.util.Arrays.stream(shape).boxed().toList(), values);
    }
}
