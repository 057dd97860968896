package dev.sealstream.languagemodel.safetensors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * An open safetensors file; tensors are mapped into memory when asked for.
 *
 * <p>Mappings stay valid after {@link #close}, until the garbage collector frees them; do not overwrite the file meanwhile.
 */
public final class SafetensorsFile implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private final Map<String, TensorEntry> entries;

    private SafetensorsFile(Path file, FileChannel channel, Map<String, TensorEntry> entries) {
        this.file = file;
        this.channel = channel;
        this.entries = entries;
    }

    /**
     * Opens a file and checks its header.
     *
     * @throws SafetensorsException if the file is not safetensors, is truncated, or a tensor does not fit its shape
     */
    public static SafetensorsFile open(Path file) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file);
            byte[] json = header(file, channel);
            return new SafetensorsFile(file, channel, SafetensorsHeader.parse(file.toString(), json, channel.size()));
        } catch (IOException e) {
            closeQuietly(channel);
            throw new UncheckedIOException("cannot read " + file, e);
        } catch (SafetensorsException e) {
            closeQuietly(channel);
            throw e;
        }
    }

    private static byte[] header(Path file, FileChannel channel) throws IOException {
        ByteBuffer prefix = ByteBuffer.allocate(SafetensorsHeader.PREFIX_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        channel.read(prefix, 0);
        long available = channel.size() - SafetensorsHeader.PREFIX_BYTES;
        long length = prefix.hasRemaining() ? -1 : prefix.getLong(0);
        if (length < 0 || length > Math.min(available, SafetensorsHeader.JSON_BYTES_MAX)) {
            throw new SafetensorsException(file + " is not a safetensors file or is truncated: its header should have "
                    + length + " bytes, the file has " + Math.max(0, available) + " after the prefix");
        }
        ByteBuffer json = ByteBuffer.allocate((int) length);
        while (json.hasRemaining()) {
            channel.read(json, SafetensorsHeader.PREFIX_BYTES + json.position());
        }
        return json.array();
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("closing a file that could not be read", e);
        }
    }

    /** Tensors by name, in the order of the header. */
    public Map<String, TensorEntry> entries() {
        return Map.copyOf(entries);
    }

    /**
     * Returns a tensor's entry.
     *
     * @throws SafetensorsException if the file has no such tensor, or one of another shape
     */
    public TensorEntry entry(String name, long... expectedShape) {
        TensorEntry entry = entries.get(name);
        if (entry == null) {
            throw new SafetensorsException(file + " has no tensor " + name + "; it has " + entries.size() + " others");
        }
        if (!entry.hasShape(expectedShape)) {
            throw new SafetensorsException("tensor " + name + " of " + file + " has shape " + entry.shape()
                    + ", expected " + Arrays.toString(expectedShape));
        }
        return entry;
    }

    /**
     * Maps a part of a tensor's bytes, little endian, read-only.
     *
     * @param from first byte, from the start of the tensor
     * @param bytes length, less than 2 GiB
     */
    public ByteBuffer map(TensorEntry entry, long from, long bytes) {
        if (bytes > Integer.MAX_VALUE || from < 0 || from + bytes > entry.length()) {
            throw new SafetensorsException("bytes " + from + " to " + (from + bytes) + " of tensor " + entry.name()
                    + " of " + file + " cannot be mapped; it has " + entry.length() + " and one piece holds at most "
                    + Integer.MAX_VALUE);
        }
        try {
            return channel.map(FileChannel.MapMode.READ_ONLY, entry.offset() + from, bytes)
                    .order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw new UncheckedIOException("mapping tensor " + entry.name() + " of " + file, e);
        }
    }

    @Override
    public void close() {
        closeQuietly(channel);
    }
}
