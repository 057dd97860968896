package dev.sealstream.benchmarks.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A model of random weights in Hugging Face's layout.
 *
 * @param type of every tensor
 * @param shards number of weight files; more than one come with an index
 * @param deviation standard deviation of the weights. 0.02 is how such models start their training, and leaves the output
 *     almost uniform; small models want more where the output should depend on the input
 * @param seed the same description and seed give the same bytes
 */
public record RandomCheckpoint(CheckpointShape shape, StoredType type, int shards, float deviation, long seed) {
    public static final float USUAL_DEVIATION = 0.02f;
    /** Token that starts a text in every random checkpoint. */
    public static final int BOS = 1;
    /** Token that ends a text in every random checkpoint. */
    public static final int EOS = 2;

    private static final int UNKNOWN = 3;
    private static final List<String> SPECIAL_TOKENS = List.of("<pad>", "<s>", "</s>", "<unk>");
    private static final String CONFIG = "config.json";

    public RandomCheckpoint {
        int tensors = shape.tensors().size();
        if (shards < 1 || shards > tensors) {
            throw new IllegalArgumentException(
                    "shards is " + shards + "; 1 to " + tensors + " are allowed, the number of tensors");
        }
    }

    /** One file, usual deviation. */
    public RandomCheckpoint(CheckpointShape shape, StoredType type) {
        this(shape, type, 1, USUAL_DEVIATION, 1);
    }

    /** Bytes of all weight files, without their headers. */
    public long bytes() {
        return shape.parameters() * type.bytes();
    }

    /**
     * Writes the model unless the directory already holds exactly this one; returns the directory.
     *
     * <p>The config is written last: a directory left half written is written again.
     */
    public Path writeIfMissing(Path directory) {
        Path config = directory.resolve(CONFIG);
        try {
            if (Files.exists(config) && Files.readString(config).equals(config())) {
                return directory;
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("reading " + config, unreadable);
        }
        return write(directory);
    }

    /** Writes the model, replacing the weights of one that is there; returns the directory. */
    public Path write(Path directory) {
        try {
            Files.createDirectories(directory);
            clear(directory);
            writeWeights(directory);
            Files.writeString(directory.resolve("tokenizer.json"), tokenizer());
            Files.writeString(directory.resolve("tokenizer_config.json"), tokenizerConfig());
            Files.writeString(directory.resolve("generation_config.json"), generationConfig());
            Files.writeString(directory.resolve(CONFIG), config());
            return directory;
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    String.format(
                            Locale.ROOT,
                            "writing a random model of %.1f GB to %s; check space and permissions",
                            bytes() / 1e9,
                            directory),
                    failure);
        }
    }

    private static void clear(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.equals(CONFIG) || name.startsWith("model") && name.contains(".safetensors")) {
                    Files.delete(file);
                }
            }
        }
    }

    private void writeWeights(Path directory) throws IOException {
        ShardWriter writer = new ShardWriter(type, deviation, seed);
        if (shards == 1) {
            writer.write(directory.resolve("model.safetensors"), shape.tensors());
            return;
        }
        ObjectMapper json = new ObjectMapper();
        ObjectNode index = json.createObjectNode();
        index.putObject("metadata").put("total_size", bytes());
        ObjectNode fileOfTensor = index.putObject("weight_map");
        List<List<TensorSpec>> parts = split();
        for (int shard = 0; shard < parts.size(); shard++) {
            String file = String.format(Locale.ROOT, "model-%05d-of-%05d.safetensors", shard + 1, parts.size());
            writer.write(directory.resolve(file), parts.get(shard));
            parts.get(shard).forEach(tensor -> fileOfTensor.put(tensor.name(), file));
        }
        json.writerWithDefaultPrettyPrinter()
                .writeValue(directory.resolve("model.safetensors.index.json").toFile(), index);
    }

    /** Tensors in order, cut where the sum of their sizes passes the next equal share; no part is empty. */
    private List<List<TensorSpec>> split() {
        List<TensorSpec> tensors = shape.tensors();
        List<List<TensorSpec>> parts = new ArrayList<>();
        List<TensorSpec> part = new ArrayList<>();
        long written = 0;
        for (int i = 0; i < tensors.size(); i++) {
            part.add(tensors.get(i));
            written += tensors.get(i).elements();
            int partsLeft = shards - parts.size() - 1;
            boolean full = written >= shape.parameters() * (parts.size() + 1) / shards;
            boolean lastChance = tensors.size() - i - 1 == partsLeft;
            if (partsLeft > 0 && (full || lastChance)) {
                parts.add(part);
                part = new ArrayList<>();
            }
        }
        parts.add(part);
        return parts;
    }

    private String config() {
        ObjectNode node = new ObjectMapper().createObjectNode();
        node.putArray("architectures").add(shape.family().architecture());
        node.put("model_type", shape.family().modelType());
        node.put("vocab_size", shape.vocabulary());
        if (shape.family() == Family.GPT2) {
            gpt2(node);
        } else {
            rotary(node);
        }
        node.put("tie_word_embeddings", shape.tied());
        node.put("torch_dtype", type.torchName());
        node.put("bos_token_id", BOS);
        node.put("eos_token_id", EOS);
        // Other programs ignore it; here it tells one random model from another.
        node.put("_random", shards + " files, deviation " + deviation + ", seed " + seed);
        return node.toPrettyString();
    }

    private void gpt2(ObjectNode node) {
        node.put("n_embd", shape.width());
        node.put("n_inner", shape.feedForward());
        node.put("n_layer", shape.layers());
        node.put("n_head", shape.heads());
        node.put("n_positions", shape.positions());
        node.put("n_ctx", shape.positions());
        node.put("activation_function", "gelu_new");
        node.put("layer_norm_epsilon", 1e-5);
    }

    private void rotary(ObjectNode node) {
        node.put("hidden_size", shape.width());
        node.put("intermediate_size", shape.feedForward());
        node.put("num_hidden_layers", shape.layers());
        node.put("num_attention_heads", shape.heads());
        node.put("num_key_value_heads", shape.keyValueHeads());
        node.put("head_dim", shape.headDimension());
        node.put("hidden_act", "silu");
        node.put("rms_norm_eps", 1e-6);
        node.put("rope_theta", 10_000.0);
        node.put("max_position_embeddings", shape.positions());
        node.put("attention_bias", false);
    }

    private String tokenizerConfig() {
        ObjectNode node = new ObjectMapper().createObjectNode();
        node.put("tokenizer_class", "PreTrainedTokenizerFast");
        node.put("model_max_length", shape.positions());
        node.put("bos_token", SPECIAL_TOKENS.get(BOS));
        node.put("eos_token", SPECIAL_TOKENS.get(EOS));
        node.put("clean_up_tokenization_spaces", false);
        return node.toPrettyString();
    }

    private static String generationConfig() {
        ObjectNode node = new ObjectMapper().createObjectNode();
        node.put("bos_token_id", BOS);
        node.put("eos_token_id", EOS);
        return node.toPrettyString();
    }

    /** Words between blanks: {@code w4}, {@code w5} and so on, after the special tokens. */
    private String tokenizer() {
        ObjectNode node = new ObjectMapper().createObjectNode();
        node.put("version", "1.0");
        for (int id = 0; id < SPECIAL_TOKENS.size(); id++) {
            ObjectNode token = node.withArray("added_tokens").addObject();
            token.put("id", id).put("content", SPECIAL_TOKENS.get(id)).put("special", true);
            token.put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false);
        }
        node.putNull("normalizer");
        node.putObject("pre_tokenizer").put("type", "WhitespaceSplit");
        node.putNull("post_processor");
        node.putNull("decoder");
        ObjectNode model = node.putObject("model");
        model.put("type", "WordLevel").put("unk_token", SPECIAL_TOKENS.get(UNKNOWN));
        ObjectNode vocabulary = model.putObject("vocab");
        for (int id = 0; id < shape.vocabulary(); id++) {
            vocabulary.put(id < SPECIAL_TOKENS.size() ? SPECIAL_TOKENS.get(id) : "w" + id, id);
        }
        return node.toString();
    }
}
