package dev.sealstream.languagemodel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sealstream.languagemodel.chat.ChatTemplate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What stands beside the weights of a Hugging Face directory and says how text becomes tokens, and where an answer ends.
 *
 * <p>Kept as it was read, so that a model is saved with the files it came with.
 */
final class TokenizerFiles {
    private static final String GENERATION_CONFIG = "generation_config.json";
    private static final String SPECIAL_TOKENS = "special_tokens_map.json";
    private static final String CHAT_TEMPLATE = "chat_template.jinja";
    private static final List<String> OPTIONAL =
            List.of(HuggingFaceDirectory.TOKENIZER_CONFIG, SPECIAL_TOKENS, CHAT_TEMPLATE, GENERATION_CONFIG);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;
    private final Map<String, byte[]> files;

    private TokenizerFiles(Path directory, Map<String, byte[]> files) {
        this.directory = directory;
        this.files = files;
    }

    /**
     * Reads the files of a directory.
     *
     * @throws IllegalArgumentException if there is no tokenizer
     */
    static TokenizerFiles read(Path directory) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        Path tokenizer = directory.resolve(HuggingFaceDirectory.TOKENIZER);
        if (!Files.exists(tokenizer)) {
            throw new IllegalArgumentException(
                    tokenizer + " is missing; give a Hugging Face model directory with a fast"
                            + " tokenizer, or convert its tokenizer.model with transformers' AutoTokenizer.save_pretrained");
        }
        try {
            files.put(HuggingFaceDirectory.TOKENIZER, Files.readAllBytes(tokenizer));
            for (String name : OPTIONAL) {
                if (Files.exists(directory.resolve(name))) {
                    files.put(name, Files.readAllBytes(directory.resolve(name)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading the tokenizer of " + directory, e);
        }
        return new TokenizerFiles(directory, files);
    }

    /** Writes the files as they were read. */
    void copyTo(Path target) {
        try {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Files.write(target.resolve(file.getKey()), file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing a tokenizer to " + target, e);
        }
    }

    /** Which tokens end an answer: {@code generation_config.json} decides, {@code config.json} where it says nothing. */
    ModelConfig withEosIds(ModelConfig config) {
        JsonNode node = json(GENERATION_CONFIG).path("eos_token_id");
        List<Integer> ids = new ArrayList<>();
        if (node.isInt()) {
            ids.add(node.asInt());
        }
        node.forEach(id -> ids.add(id.asInt(-1)));
        if (ids.stream().anyMatch(id -> id < 0 || id >= config.vocabularySize())) {
            throw new IllegalArgumentException(directory.resolve(GENERATION_CONFIG) + " has eos_token_id " + node
                    + ", expected ids from 0 to " + (config.vocabularySize() - 1) + "; take the file of this model");
        }
        return ids.isEmpty() ? config : config.withEosIds(ids);
    }

    /**
     * Builds the tokenizer.
     *
     * @throws IllegalArgumentException if the file is damaged, or has more tokens than the model
     */
    Tokenizer tokenizer(ModelConfig config) {
        Path file = directory.resolve(HuggingFaceDirectory.TOKENIZER);
        Tokenizer tokenizer = Tokenizer.read(file.toString(), files.get(HuggingFaceDirectory.TOKENIZER));
        if (tokenizer.vocabularySize() > config.vocabularySize()) {
            throw new IllegalArgumentException(file + " has tokens up to id " + (tokenizer.vocabularySize() - 1)
                    + ", but the model's embedding has " + config.vocabularySize()
                    + " rows; take the tokenizer of this model, or resize its embedding");
        }
        return tokenizer.withEos(config.eosIds(), specialTokens().get("eos_token"));
    }

    /**
     * Returns the template for conversations; empty if the model has none.
     *
     * @throws IllegalArgumentException if a template is damaged
     */
    Optional<ChatTemplate> chatTemplate() {
        byte[] jinja = files.get(CHAT_TEMPLATE);
        if (jinja != null) {
            return Optional.of(template(CHAT_TEMPLATE, new String(jinja, StandardCharsets.UTF_8)));
        }
        JsonNode node = json(HuggingFaceDirectory.TOKENIZER_CONFIG).path("chat_template");
        if (node.isTextual()) {
            return Optional.of(template(HuggingFaceDirectory.TOKENIZER_CONFIG, node.asText()));
        }
        // A list holds one template for conversations, called default, and others for tools and documents.
        for (JsonNode named : node) {
            if (named.path("name").asText().equals("default")) {
                return Optional.of(template(
                        HuggingFaceDirectory.TOKENIZER_CONFIG,
                        named.path("template").asText()));
            }
        }
        return Optional.empty();
    }

    private ChatTemplate template(String file, String source) {
        return new ChatTemplate(directory.resolve(file).toString(), source, specialTokens());
    }

    /** {@code bos_token}, {@code eos_token} and so on, where the model has them. */
    private Map<String, String> specialTokens() {
        Map<String, String> tokens = new LinkedHashMap<>();
        for (String file : List.of(SPECIAL_TOKENS, HuggingFaceDirectory.TOKENIZER_CONFIG)) {
            JsonNode root = json(file);
            for (String name : List.of("bos_token", "eos_token", "pad_token", "unk_token")) {
                JsonNode token = root.path(name);
                String content = token.isTextual()
                        ? token.asText()
                        : token.path("content").asText(null);
                if (content != null) {
                    tokens.put(name, content);
                }
            }
        }
        return tokens;
    }

    /** An object without fields, if there is no such file. */
    private JsonNode json(String name) {
        if (!files.containsKey(name)) {
            return JSON.createObjectNode();
        }
        try {
            return JSON.readTree(files.get(name));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    directory.resolve(name) + " is not JSON: " + e.getMessage() + "; download it again", e);
        }
    }
}
