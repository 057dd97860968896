package dev.sealstream.benchmarks.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Writes one safetensors file of random values, a few megabytes at a time. */
final class ShardWriter {
    private static final int BUFFER_BYTES = 1 << 22;
    private static final int ALIGNMENT = 8;

    private final RandomValues values = new RandomValues();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final StoredType type;
    private final float deviation;
    private final long seed;

    ShardWriter(StoredType type, float deviation, long seed) {
        this.type = type;
        this.deviation = deviation;
        this.seed = seed;
    }

    void write(Path file, List<TensorSpec> tensors) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            byte[] header = header(tensors);
            ByteBuffer start = ByteBuffer.allocate(Long.BYTES + header.length).order(ByteOrder.LITTLE_ENDIAN);
            writeFully(channel, start.putLong(header.length).put(header).flip());
            for (TensorSpec tensor : tensors) {
                write(channel, tensor);
            }
        }
    }

    /** JSON with names, types, shapes and offsets, padded with blanks so that the values are aligned. */
    private byte[] header(List<TensorSpec> tensors) throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode header = json.createObjectNode();
        header.putObject("__metadata__").put("format", "pt");
        long offset = 0;
        for (TensorSpec tensor : tensors) {
            ObjectNode entry = header.putObject(tensor.name());
            entry.put("dtype", type.name());
            for (long size : tensor.shape()) {
                entry.withArray("shape").add(size);
            }
            long end = offset + tensor.elements() * type.bytes();
            entry.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        String text = json.writeValueAsString(header);
        int padding = (ALIGNMENT - text.length() % ALIGNMENT) % ALIGNMENT;
        return (text + " ".repeat(padding)).getBytes(StandardCharsets.US_ASCII);
    }

    private void write(FileChannel channel, TensorSpec tensor) throws IOException {
        int[] table = values.bits(type, tensor.kind().center(), deviation);
        long tensorSeed = RandomValues.draw(seed, tensor.name().hashCode());
        int perBuffer = BUFFER_BYTES / type.bytes();
        for (long from = 0; from < tensor.elements(); from += perBuffer) {
            int count = (int) Math.min(perBuffer, tensor.elements() - from);
            buffer.clear();
            if (type.bytes() == Integer.BYTES) {
                buffer.asIntBuffer().put(ints(table, tensorSeed, from / 4, count));
            } else {
                buffer.asShortBuffer().put(shorts(table, tensorSeed, from / 4, count));
            }
            writeFully(channel, buffer.limit(count * type.bytes()));
        }
    }

    private static int[] ints(int[] table, long seed, long counter, int count) {
        int[] bits = new int[count];
        for (int i = 0; i < count; counter++) {
            long draw = RandomValues.draw(seed, counter);
            for (int end = Math.min(count, i + 4); i < end; i++, draw >>>= 16) {
                bits[i] = table[(int) draw & 0xffff];
            }
        }
        return bits;
    }

    private static short[] shorts(int[] table, long seed, long counter, int count) {
        short[] bits = new short[count];
        for (int i = 0; i < count; counter++) {
            long draw = RandomValues.draw(seed, counter);
            for (int end = Math.min(count, i + 4); i < end; i++, draw >>>= 16) {
                bits[i] = (short) table[(int) draw & 0xffff];
            }
        }
        return bits;
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
