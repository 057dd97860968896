package dev.sealstream.languagemodel;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Text to tokens and back, by a Hugging Face {@code tokenizer.json}.
 *
 * <p>Thread-safe. Encoding adds no special token; special tokens written out in a text are recognised as such.
 */
public final class Tokenizer {
    private static final String PROBE = "a";

    private final HuggingFaceTokenizer tokenizer;
    private final byte[] json;
    private final Map<String, Integer> ids;
    private final int bosId;
    private final int eosId;
    private final List<Integer> eosIds;

    private Tokenizer(
            HuggingFaceTokenizer tokenizer,
            byte[] json,
            Map<String, Integer> ids,
            int bosId,
            int eosId,
            List<Integer> eosIds) {
        this.tokenizer = tokenizer;
        this.json = json;
        this.ids = ids;
        this.bosId = bosId;
        this.eosId = eosId;
        this.eosIds = List.copyOf(eosIds);
    }

    /**
     * Reads a tokenizer.
     *
     * @param json content of a {@code tokenizer.json}
     * @param bosId token that starts a text, or -1 if the model has none
     * @param eosId token that ends a text, or -1 if the model has none
     */
    public static Tokenizer of(byte[] json, int bosId, int eosId) {
        Tokenizer read = read("tokenizer.json", json);
        List<Integer> ends = eosId < 0 ? List.of() : List.of(eosId);
        return new Tokenizer(read.tokenizer, read.json, read.ids, bosId, eosId, ends);
    }

    /**
     * Reads a tokenizer that says itself whether a text starts with a token of its own; it has no token that ends one yet.
     *
     * @param file names the file in errors
     * @throws IllegalArgumentException if the content is damaged
     */
    static Tokenizer read(String file, byte[] json) {
        HuggingFaceTokenizer tokenizer;
        Map<String, Integer> ids;
        try {
            ids = Map.copyOf(vocabulary(json));
            tokenizer = HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(json),
                    Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false"));
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException(
                    file + " is no tokenizer of Hugging Face's tokenizers library: " + e.getMessage()
                            + "; download it again, or save it with a current version of transformers",
                    e);
        }
        return new Tokenizer(tokenizer, json.clone(), ids, bosId(file, tokenizer), -1, List.of());
    }

    /** What the tokenizer puts in front of a text when asked for its special tokens: not every BOS of a config is used. */
    private static int bosId(String file, HuggingFaceTokenizer tokenizer) {
        long[] plain = tokenizer.encode(PROBE, false, false).getIds();
        long[] special = tokenizer.encode(PROBE, true, false).getIds();
        int before = 0;
        while (before + plain.length < special.length
                && !Arrays.equals(plain, 0, plain.length, special, before, before + plain.length)) {
            before++;
        }
        if (before > 1) {
            throw new IllegalArgumentException(file + " puts " + before
                    + " tokens in front of a text, at most one is supported; choose another model");
        }
        return before == 0 ? -1 : Math.toIntExact(special[0]);
    }

    /**
     * The same tokenizer with tokens that end a text.
     *
     * @param ids all that end an answer
     * @param token the one to write behind a text, if it is among them; else, or if null, that is the first
     */
    Tokenizer withEos(List<Integer> ids, String token) {
        int named = token == null ? -1 : id(token).orElse(-1);
        int eos = ids.contains(named) ? named : ids.isEmpty() ? -1 : ids.get(0);
        return new Tokenizer(tokenizer, json, this.ids, bosId, eos, ids);
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
        return Arrays.stream(tokenizer.encode(text, false, false).getIds())
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

    /** Token to write behind a text, or -1 if the model has none. */
    public int eosId() {
        return eosId;
    }

    /** All tokens that end an answer; may be empty. */
    public List<Integer> eosIds() {
        return eosIds;
    }

    /** Content of the {@code tokenizer.json} it was read from. */
    public byte[] json() {
        return json.clone();
    }
}
