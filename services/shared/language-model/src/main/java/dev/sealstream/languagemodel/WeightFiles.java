package dev.sealstream.languagemodel;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The weights of a Hugging Face directory: one {@code model.safetensors}, or several listed in an index. */
final class WeightFiles implements WeightSource, AutoCloseable {
    private static final String INDEX = "model.safetensors.index.json";
    private static final int HASH_BUFFER_BYTES = 1 << 20;

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
                    + INDEX + "; give a Hugging Face model directory");
        }
        try {
            JsonNode map =
                    new ObjectMapper().readTree(Files.readAllBytes(index)).path("weight_map");
            TreeMap<Path, Boolean> paths = new TreeMap<>();
            map.forEach(file -> paths.put(directory.resolve(file.asText()), true));
            return List.copyOf(paths.keySet());
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + index, e);
        }
    }

    @Override
    public Part read(NDManager manager, String name, long... shape) {
        SafetensorsFile file = fileOfTensor.get(name);
        if (file == null) {
            throw new IllegalArgumentException(
                    directory + " has no weight " + name + ", which its " + HuggingFaceDirectory.CONFIG + " calls for");
        }
        TensorEntry entry = file.entry(name, shape);
        // The engine's Java side cannot name bfloat16 safely, so the bits travel as float16 and are relabelled in
        // script.
        DataType type = entry.type() == ElementType.F32 ? DataType.FLOAT32 : DataType.FLOAT16;
        return new Part(manager.create(file.map(entry), new Shape(shape), type), entry.type() == ElementType.BF16);
    }

    /** SHA-256 over the bytes of the file, or of all files in the order of their names. */
    String sha256() {
        MessageDigest digest = Sha256.newDigest();
        byte[] buffer = new byte[HASH_BUFFER_BYTES];
        for (Path path : files.keySet()) {
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
