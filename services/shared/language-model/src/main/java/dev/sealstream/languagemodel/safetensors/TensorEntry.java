package dev.sealstream.languagemodel.safetensors;

import java.util.Arrays;
import java.util.List;

/**
 * Where a tensor lies in a file.
 *
 * @param shape lengths of its dimensions, outermost first
 * @param offset first byte, from the start of the file
 * @param length size in bytes
 */
public record TensorEntry(String name, ElementType type, List<Long> shape, long offset, long length) {
    public TensorEntry {
        shape = List.copyOf(shape);
    }

    /** Number of elements. */
    public long size() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    /** Whether the tensor has exactly this shape. */
    public boolean hasShape(long... expected) {
        return Arrays.equals(shape.stream().mapToLong(Long::longValue).toArray(), expected);
    }
}
