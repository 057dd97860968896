package dev.sealstream.languagemodel;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Text to tokens and back, by a Hugging Face {@code tokenizer.json}.
 *
 * <p>Thread-safe. Encoding adds no special token; special tokens written out in a text are recognised as such.
 */
public final class Tokenizer {
    private final HuggingFaceTokenizer tokenizer;
    private final byte[] json;
    private final Map<String, Integer> ids;
    private final int bosId;
    private final int eosId;

    private Tokenizer(HuggingFaceTokenizer tokenizer, byte[] json, Map<String, Integer> ids, int bosId, int eosId) {
        this.tokenizer = tokenizer;
        this.json = json.clone();
        this.ids = Map.copyOf(ids);
        this.bosId = bosId;
        this.eosId = eosId;
    }

    /**
     * Reads a tokenizer.
     *
     * @param json content of a {@code tokenizer.json}
     * @param bosId token that starts a text, or -1 if the model has none
     * @param eosId token that ends a text, or -1 if the model has none
     */
    public static Tokenizer of(byte[] json, int bosId, int eosId) {
        try {
            HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(json),
                    Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false"));
            return new Tokenizer(tokenizer, json, vocabulary(json), bosId, eosId);
        } catch (IOException e) {
            throw new UncheckedIOException("reading tokenizer.json", e);
        }
    }

    private static Map<String, Integer> vocabulary(byte[] json) throws IOException {
        JsonNode root = new ObjectMapper().readTree(json);
        Map<String, Integer> ids = new HashMap<>();
        JsonNode vocabulary = root.path("model").path("vocab");
        if (vocabulary.isArray()) { // Unigram: [token, score] in the order of the ids
            for (JsonNode entry : vocabulary) {
                ids.put(entry.path(0).asText(), ids.size());
            }
        } else {
            vocabulary
                    .fields()
                    .forEachRemaining(
                            entry -> ids.put(entry.getKey(), entry.getValue().asInt()));
        }
        root.path("added_tokens")
                .forEach(token ->
                        ids.put(token.path("content").asText(), token.path("id").asInt()));
        return ids;
    }

    public int[] encode(String text) {
        return java.util.Arrays.stream(tokenizer.encode(text, false, false).getIds())
                .mapToInt(Math::toIntExact)
                .toArray();
    }

    /** Returns the text of tokens, without special tokens. */
    public String decode(int[] tokens) {
        return tokenizer.decode(IntStream.of(tokens).asLongStream().toArray(), true);
    }

    /** Number of tokens, counting gaps in the numbering: one more than the largest id. */
    public int vocabularySize() {
        return ids.values().stream().mapToInt(Integer::intValue).max().orElse(-1) + 1;
    }

    /** Id of a token as the vocabulary spells it. */
    public OptionalInt id(String token) {
        Integer id = ids.get(token);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /** Token that starts a text, or -1 if the model has none. */
    public int bosId() {
        return bosId;
    }

    /** Token that ends a text, or -1 if the model has none. */
    public int eosId() {
        return eosId;
    }

    /** Content of the {@code tokenizer.json} it was read from. */
    public byte[] json() {
        return json.clone();
    }
}
