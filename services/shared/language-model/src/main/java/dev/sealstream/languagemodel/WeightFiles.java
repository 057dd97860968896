package dev.sealstream.languagemodel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sealstream.languagemodel.safetensors.ElementType;
import dev.sealstream.languagemodel.safetensors.SafetensorsFile;
import dev.sealstream.languagemodel.safetensors.TensorEntry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The weights of a Hugging Face directory: one {@code model.safetensors}, or several listed in an index. */
final class WeightFiles implements WeightSource, AutoCloseable {
    private static final String INDEX = "model.safetensors.index.json";
    private static final int HASH_BUFFER_BYTES = 1 << 20;
    /** One buffer holds less than 2 GiB; half of it keeps whole rows of any matrix below. */
    private static final long PART_BYTES_MAX = 1L << 30;

    /** GPT-2's first files name their tensors without it. */
    private static final String OPTIONAL_PREFIX = "transformer.";

    private final Map<Path, SafetensorsFile> files = new TreeMap<>();
    private final Map<String, SafetensorsFile> fileOfTensor = new HashMap<>();
    private final Path directory;

    WeightFiles(Path directory) {
        this.directory = directory;
        Path single = directory.resolve(HuggingFaceDirectory.WEIGHTS);
        List<Path> paths = Files.exists(single) ? List.of(single) : indexed(directory);
        for (Path path : paths) {
            SafetensorsFile file = SafetensorsFile.open(path);
            files.put(path, file);
            file.entries().keySet().forEach(name -> fileOfTensor.put(name, file));
        }
    }

    private static List<Path> indexed(Path directory) {
        Path index = directory.resolve(INDEX);
        if (!Files.exists(index)) {
            throw new IllegalArgumentException(directory + " has neither " + HuggingFaceDirectory.WEIGHTS + " nor "
                    + INDEX + "; give a Hugging Face model directory with safetensors weights");
        }
        TreeSet<Path> paths = new TreeSet<>();
        shardNames(index).forEach(name -> paths.add(directory.resolve(name)));
        for (Path path : paths) {
            if (!Files.exists(path)) {
                throw new IllegalArgumentException("shard " + path + " is missing, one of " + paths.size() + " that "
                        + index + " lists; fetch it again");
            }
        }
        return List.copyOf(paths);
    }

    private static List<String> shardNames(Path index) {
        List<String> names = new ArrayList<>();
        try {
            new ObjectMapper()
                    .readTree(Files.readAllBytes(index))
                    .path("weight_map")
                    .forEach(file -> names.add(file.asText()));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(index + " is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + index, e);
        }
        if (names.isEmpty()) {
            throw new IllegalArgumentException(index + " has no weight_map; fetch it again");
        }
        return names;
    }

    @Override
    public Tensor read(NDManager manager, String name, List<Long> shape) {
        SafetensorsFile file = file(name);
        TensorEntry entry = entry(name, shape);
        // The engine's Java side cannot name bfloat16 safely, so the bits travel as float16 and are relabelled in
        // script.
        DataType type = entry.type() == ElementType.F32 ? DataType.FLOAT32 : DataType.FLOAT16;
        long rowBytes = entry.length() / shape.get(0);
        long rowsPerPart = Math.max(1, PART_BYTES_MAX / rowBytes);
        List<NDArray> parts = new ArrayList<>();
        for (long row = 0; row < shape.get(0); row += rowsPerPart) {
            long[] part = shape.stream().mapToLong(Long::longValue).toArray();
            part[0] = Math.min(rowsPerPart, shape.get(0) - row);
            parts.add(manager.create(file.map(entry, row * rowBytes, part[0] * rowBytes), new Shape(part), type));
        }
        return new Tensor(parts, entry.type() == ElementType.BF16);
    }

    boolean isBfloat16(String name, List<Long> shape) {
        return entry(name, shape).type() == ElementType.BF16;
    }

    private TensorEntry entry(String name, List<Long> shape) {
        return file(name)
                .entry(stored(name), shape.stream().mapToLong(Long::longValue).toArray());
    }

    private SafetensorsFile file(String name) {
        SafetensorsFile file = fileOfTensor.get(stored(name));
        if (file == null) {
            throw new IllegalArgumentException(
                    directory + " has no weight " + name + ", which its " + HuggingFaceDirectory.CONFIG + " calls for");
        }
        return file;
    }

    private String stored(String name) {
        return fileOfTensor.containsKey(name) || !name.startsWith(OPTIONAL_PREFIX)
                ? name
                : name.substring(OPTIONAL_PREFIX.length());
    }

    /** Files in the order of their names. */
    List<Path> paths() {
        return List.copyOf(files.keySet());
    }

    /** SHA-256 over the bytes of files, one after another. */
    static String sha256(List<Path> paths) {
        MessageDigest digest = Sha256.newDigest();
        byte[] buffer = new byte[HASH_BUFFER_BYTES];
        for (Path path : paths) {
            try (InputStream in = Files.newInputStream(path)) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    digest.update(buffer, 0, read);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("reading " + path, e);
            }
        }
        return Sha256.hex(digest);
    }

    @Override
    public void close() {
        files.values().forEach(SafetensorsFile::close);
    }
}
