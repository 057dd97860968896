package dev.sealstream.languagemodel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealstream.languagemodel.ModelConfig.Family;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A decoder's shape as Hugging Face's {@code config.json}, there and back; defaults are those of transformers. */
final class ModelConfigJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double GPT2_EPSILON = 1e-5;
    private static final double RMS_EPSILON = 1e-6;
    private static final double ROPE_THETA = 10_000;
    private static final int MISTRAL_WINDOW = 4096;

    private ModelConfigJson() {}

    static ModelConfig read(byte[] json) {
        JsonNode node = parse(json);
        Family family = family(node.path("model_type").asText());
        return family == Family.GPT2 ? gpt2(node) : llamaLike(family, node);
    }

    private static JsonNode parse(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new IllegalArgumentException("config.json is not JSON: " + e.getMessage(), e);
        }
    }

    private static Family family(String modelType) {
        for (Family family : Family.values()) {
            if (family.modelType().equals(modelType)) {
                return family;
            }
        }
        throw new IllegalArgumentException("config.json has model_type \"" + modelType + "\"; supported are "
                + Arrays.stream(Family.values()).map(Family::modelType).collect(Collectors.joining(", ")));
    }

    private static ModelConfig llamaLike(Family family, JsonNode node) {
        refuse(node, "attention_bias", node.path("attention_bias").asBoolean(false));
        refuse(node, "mlp_bias", node.path("mlp_bias").asBoolean(false));
        refuse(node, "use_sliding_window", node.path("use_sliding_window").asBoolean(false));
        refuse(node, "hidden_act", !node.path("hidden_act").asText("silu").equals("silu"));
        int hidden = integer(node, "hidden_size");
        int heads = integer(node, "num_attention_heads");
        // only Llama's default is one key head for each query head
        int keyValueHeads = family == Family.LLAMA && absent(node, "num_key_value_heads")
                ? heads
                : integer(node, "num_key_value_heads");
        return new ModelConfig(
                family,
                integer(node, "vocab_size"),
                hidden,
                integer(node, "intermediate_size"),
                integer(node, "num_hidden_layers"),
                heads,
                keyValueHeads,
                absent(node, "head_dim") && family != Family.QWEN3 ? hidden / heads : integer(node, "head_dim"),
                node.path("rms_norm_eps").asDouble(RMS_EPSILON),
                rotary(node),
                integer(node, "max_position_embeddings"),
                family == Family.MISTRAL ? window(node) : 0,
                node.path("tie_word_embeddings").asBoolean(false),
                node.path("bos_token_id").asInt(-1),
                tokenIds(node.path("eos_token_id")));
    }

    private static ModelConfig gpt2(JsonNode node) {
        String activation = node.path("activation_function").asText("gelu_new");
        refuse(
                node,
                "activation_function",
                !List.of("gelu_new", "gelu_pytorch_tanh").contains(activation));
        refuse(node, "scale_attn_weights", !node.path("scale_attn_weights").asBoolean(true));
        refuse(
                node,
                "scale_attn_by_inverse_layer_idx",
                node.path("scale_attn_by_inverse_layer_idx").asBoolean(false));
        refuse(node, "add_cross_attention", node.path("add_cross_attention").asBoolean(false));
        int hidden = integer(node, "n_embd");
        int heads = integer(node, "n_head");
        return new ModelConfig(
                Family.GPT2,
                integer(node, "vocab_size"),
                hidden,
                absent(node, "n_inner") ? 4 * hidden : integer(node, "n_inner"),
                integer(node, "n_layer"),
                heads,
                heads,
                hidden / heads,
                node.path("layer_norm_epsilon").asDouble(GPT2_EPSILON),
                RotaryPositions.none(),
                integer(node, "n_positions"),
                0,
                node.path("tie_word_embeddings").asBoolean(true),
                node.path("bos_token_id").asInt(-1),
                tokenIds(node.path("eos_token_id")));
    }

    private static int window(JsonNode node) {
        if (node.path("sliding_window").isNull()) {
            return 0;
        }
        return absent(node, "sliding_window") ? MISTRAL_WINDOW : integer(node, "sliding_window");
    }

    /** Newer files have everything in {@code rope_parameters}, older ones the base beside {@code rope_scaling}. */
    private static RotaryPositions rotary(JsonNode node) {
        boolean newer = node.path("rope_parameters").isObject();
        JsonNode scaling = newer ? node.path("rope_parameters") : node.path("rope_scaling");
        double theta = (newer ? scaling : node).path("rope_theta").asDouble(ROPE_THETA);
        String type = scaling.path("rope_type").asText(scaling.path("type").asText("default"));
        return switch (type) {
            case "default" -> RotaryPositions.plain(theta);
            case "linear" -> new RotaryPositions(theta, new RotaryPositions.Linear(number(scaling, "factor")));
            case "llama3" ->
                new RotaryPositions(
                        theta,
                        new RotaryPositions.Llama3(
                                number(scaling, "factor"),
                                number(scaling, "low_freq_factor"),
                                number(scaling, "high_freq_factor"),
                                number(scaling, "original_max_position_embeddings")));
            default ->
                throw new IllegalArgumentException("config.json has rope type \"" + type
                        + "\"; default, linear and llama3 are supported; choose a model without it");
        };
    }

    private static void refuse(JsonNode node, String field, boolean unsupported) {
        if (unsupported) {
            throw new IllegalArgumentException("config.json has " + field + " " + node.path(field)
                    + ", which this decoder does not implement; choose a model without it");
        }
    }

    private static boolean absent(JsonNode node, String field) {
        return node.path(field).isMissingNode() || node.path(field).isNull();
    }

    private static int integer(JsonNode node, String field) {
        if (!node.path(field).isInt()) {
            throw new IllegalArgumentException(
                    "config.json has no integer " + field + " (found " + node.path(field) + ")");
        }
        return node.path(field).asInt();
    }

    private static double number(JsonNode node, String field) {
        if (!node.path(field).isNumber()) {
            throw new IllegalArgumentException(
                    "config.json's rope scaling has no number " + field + " (found " + node.path(field) + ")");
        }
        return node.path(field).asDouble();
    }

    private static List<Integer> tokenIds(JsonNode node) {
        if (node.isInt()) {
            return List.of(node.asInt());
        }
        List<Integer> ids = new ArrayList<>();
        node.forEach(id -> ids.add(id.asInt()));
        return ids;
    }

    static byte[] write(ModelConfig config) {
        ObjectNode node = JSON.createObjectNode();
        node.putArray("architectures").add(config.family().architecture());
        node.put("model_type", config.family().modelType());
        node.put("vocab_size", config.vocabularySize());
        if (config.family() == Family.GPT2) {
            writeGpt2(node, config);
        } else {
            writeLlamaLike(node, config);
        }
        node.put("tie_word_embeddings", config.tiedEmbeddings());
        node.put("torch_dtype", "float32");
        if (config.bosId() >= 0) {
            node.put("bos_token_id", config.bosId());
        }
        if (config.eosIds().size() == 1) {
            node.put("eos_token_id", config.eosIds().get(0));
        } else if (!config.eosIds().isEmpty()) {
            ArrayNode ids = node.putArray("eos_token_id");
            config.eosIds().forEach(ids::add);
        }
        return node.toPrettyString().getBytes(StandardCharsets.UTF_8);
    }

    private static void writeGpt2(ObjectNode node, ModelConfig config) {
        node.put("n_embd", config.hiddenSize());
        node.put("n_inner", config.intermediateSize());
        node.put("n_layer", config.layers());
        node.put("n_head", config.attentionHeads());
        node.put("n_positions", config.maxPositions());
        node.put("activation_function", "gelu_new");
        node.put("layer_norm_epsilon", config.normEpsilon());
    }

    private static void writeLlamaLike(ObjectNode node, ModelConfig config) {
        node.put("hidden_size", config.hiddenSize());
        node.put("intermediate_size", config.intermediateSize());
        node.put("num_hidden_layers", config.layers());
        node.put("num_attention_heads", config.attentionHeads());
        node.put("num_key_value_heads", config.keyValueHeads());
        node.put("head_dim", config.headDimension());
        node.put("hidden_act", "silu");
        node.put("rms_norm_eps", config.normEpsilon());
        node.put("max_position_embeddings", config.maxPositions());
        node.put("rope_theta", config.rotary().theta());
        if (config.rotary().scaling() instanceof RotaryPositions.Linear linear) {
            node.putObject("rope_scaling").put("rope_type", "linear").put("factor", linear.factor());
        } else if (config.rotary().scaling() instanceof RotaryPositions.Llama3 llama) {
            node.putObject("rope_scaling")
                    .put("rope_type", "llama3")
                    .put("factor", llama.factor())
                    .put("low_freq_factor", llama.lowFrequencyFactor())
                    .put("high_freq_factor", llama.highFrequencyFactor())
                    .put("original_max_position_embeddings", llama.originalPositions());
        }
        if (config.family() == Family.MISTRAL && config.slidingWindow() > 0) {
            node.put("sliding_window", config.slidingWindow());
        } else if (config.family() == Family.MISTRAL) {
            node.putNull("sliding_window");
        }
    }
}
