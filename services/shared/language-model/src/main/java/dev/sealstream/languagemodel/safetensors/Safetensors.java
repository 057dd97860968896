package dev.sealstream.languagemodel.safetensors;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Writes tensors of 32-bit floats, and reads a small file that is already in memory.
 *
 * <p>Writing is a pure function of names, shapes and values: the same tensors in the same order give the same bytes, so
 * a hash of the file identifies the weights.
 */
public final class Safetensors {
    /** The header is padded to this many bytes, as the reference implementation does, so that data is aligned. */
    private static final int ALIGNMENT = 8;

    private static final int CHUNK_FLOATS = 1 << 16;
    private static final ObjectMapper JSON = new ObjectMapper();

    private Safetensors() {}

    /**
     * Writes tensors one after another, asking for the values of each only when its turn comes.
     *
     * @param shapes name to shape, in the order of the file
     * @param values gives the row-major values of a name
     */
    public static void write(OutputStream out, Map<String, List<Long>> shapes, Function<String, float[]> values)
            throws IOException {
        ObjectNode header = JSON.createObjectNode();
        header.putObject("__metadata__").put("format", "pt");
        long offset = 0;
        for (Map.Entry<String, List<Long>> tensor : shapes.entrySet()) {
            long end = offset + Float.BYTES * tensor.getValue().stream().reduce(1L, Math::multiplyExact);
            ObjectNode node = header.putObject(tensor.getKey()).put("dtype", ElementType.F32.name());
            tensor.getValue().forEach(node.putArray("shape")::add);
            node.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] json = JSON.writeValueAsBytes(header);
        byte[] padded = Arrays.copyOf(json, (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        out.write(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(padded.length)
                .array());
        out.write(padded);
        for (Map.Entry<String, List<Long>> tensor : shapes.entrySet()) {
            writeFloats(out, new FloatTensor(tensor.getValue(), values.apply(tensor.getKey())).values());
        }
    }

    private static void writeFloats(OutputStream out, float[] values) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK_FLOATS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < values.length; from += CHUNK_FLOATS) {
            int count = Math.min(CHUNK_FLOATS, values.length - from);
            buffer.clear();
            buffer.asFloatBuffer().put(values, from, count);
            out.write(buffer.array(), 0, count * Float.BYTES);
        }
    }

    /** Returns the bytes of a file that holds these tensors. */
    public static byte[] bytes(Map<String, FloatTensor> tensors) {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            write(out, shapes, name -> tensors.get(name).values());
        } catch (IOException e) {
            throw new UncheckedIOException("writing safetensors to memory", e);
        }
        return out.toByteArray();
    }

    /**
     * Reads all tensors of a file in memory; shorter floats widen to 32 bits without loss.
     *
     * @param source names the file in errors
     * @throws SafetensorsException if the bytes are damaged or hold something else than floats
     */
    public static Map<String, FloatTensor> read(String source, byte[] file) {
        ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        long available = file.length - SafetensorsHeader.PREFIX_BYTES;
        long length = available < 0 ? -1 : buffer.getLong(0);
        if (length < 0 || length > available) {
            throw new SafetensorsException(
                    source + " is not a safetensors file or is truncated: its header should have " + length
                            + " bytes, found " + Math.max(0, available) + " after the prefix");
        }
        byte[] json =
                Arrays.copyOfRange(file, SafetensorsHeader.PREFIX_BYTES, SafetensorsHeader.PREFIX_BYTES + (int) length);
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        for (TensorEntry entry :
                SafetensorsHeader.parse(source, json, file.length).values()) {
            buffer.position((int) entry.offset());
            tensors.put(entry.name(), new FloatTensor(entry.shape(), floats(buffer, entry)));
        }
        return tensors;
    }

    private static float[] floats(ByteBuffer buffer, TensorEntry entry) {
        float[] values = new float[Math.toIntExact(entry.size())];
        if (entry.type() == ElementType.F32) {
            buffer.asFloatBuffer().get(values);
            return values;
        }
        ShortBuffer bits = buffer.asShortBuffer();
        for (int i = 0; i < values.length; i++) {
            values[i] = entry.type() == ElementType.BF16
                    ? HalfPrecision.ofBfloat16(bits.get(i))
                    : HalfPrecision.ofFloat16(bits.get(i));
        }
        return values;
    }
}
