package dev.sealstream.tinyworld;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The pre-trained tiny model that ships with the project, in Hugging Face's layout. */
public final class TinyModel {
    /** The files of the model, as Hugging Face names them. */
    public static final List<String> FILES = List.of(
            "config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors");

    private TinyModel() {}

    /** Writes the model's files into a directory, which is created when missing, and returns it. Existing files of the model are replaced. */
    public static Path unpack(Path directory) {
        try {
            Files.createDirectories(directory);
            for (String file : FILES) {
                try (InputStream resource = TinyModel.class.getResourceAsStream("model/" + file)) {
                    if (resource == null) {
                        throw new IllegalStateException(
                                "resource model/" + file
                                        + " is missing from the tiny-world module; run PretrainTinyModel and commit its output");
                    }
                    // Through a neighbour and a rename: a reader never meets half a file.
                    Path unfinished = Files.createTempFile(directory, file, ".part");
                    Files.copy(resource, unfinished, StandardCopyOption.REPLACE_EXISTING);
                    Files.move(unfinished, directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            return directory;
        } catch (IOException failure) {
            throw new IllegalStateException(
                    "the tiny model could not be unpacked to " + directory + "; check space and permissions", failure);
        }
    }
}
