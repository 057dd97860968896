package dev.sealstream.languagemodel;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealstream.languagemodel.safetensors.Safetensors;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.function.Function;

/**
 * A model as a directory in Hugging Face's layout: {@code config.json}, {@code model.safetensors}, {@code tokenizer.json}.
 */
public final class HuggingFaceDirectory {
    static final String CONFIG = "config.json";
    static final String WEIGHTS = "model.safetensors";
    static final String TOKENIZER = "tokenizer.json";
    static final String TOKENIZER_CONFIG = "tokenizer_config.json";

    private HuggingFaceDirectory() {}

    /**
     * Writes a model in float32; existing files of the same names are replaced.
     *
     * @param weights row-major values by Hugging Face name
     * @param tokenizerJson content of {@code tokenizer.json}
     * @throws IllegalArgumentException if a weight is missing or has another size than the config says
     */
    public static void write(Path directory, ModelConfig config, Map<String, float[]> weights, byte[] tokenizerJson) {
        write(directory, config, tokenizerJson, name -> {
            float[] values = weights.get(name);
            if (values == null) {
                throw new IllegalArgumentException(
                        "weight " + name + " is missing; found " + weights.size() + " others");
            }
            return values;
        });
    }

    static void write(Path directory, ModelConfig config, byte[] tokenizerJson, Function<String, float[]> weights) {
        try {
            Files.createDirectories(directory);
            // beside and then in place, since a model that is in use may have the old file mapped
            Path part = directory.resolve(WEIGHTS + ".part");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
                Safetensors.write(out, WeightLayout.of(config).shapes(), weights);
            }
            Files.move(part, directory.resolve(WEIGHTS), StandardCopyOption.REPLACE_EXISTING);
            Files.write(directory.resolve(CONFIG), config.toJson());
            Files.write(directory.resolve(TOKENIZER), tokenizerJson);
            Files.write(directory.resolve(TOKENIZER_CONFIG), tokenizerConfig(config));
        } catch (IOException e) {
            throw new UncheckedIOException("writing a model to " + directory, e);
        }
    }

    /** What transformers' AutoTokenizer needs to pick the class that reads {@code tokenizer.json}. */
    private static byte[] tokenizerConfig(ModelConfig config) throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode node = json.createObjectNode();
        node.put("tokenizer_class", "PreTrainedTokenizerFast");
        node.put("model_max_length", config.maxPositions());
        node.put("clean_up_tokenization_spaces", false);
        return json.writerWithDefaultPrettyPrinter().writeValueAsBytes(node);
    }
}
