package dev.sealstream.languagemodel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.List;

/**
 * Shape of a decoder, as in Hugging Face's {@code config.json}.
 *
 * @param family Llama or Qwen2; they differ in the bias of the query, key and value projections
 * @param vocabularySize V, rows of the embedding
 * @param hiddenSize D
 * @param intermediateSize F, width of the SwiGLU feed-forward layer
 * @param layers number of transformer blocks
 * @param attentionHeads H, query heads
 * @param keyValueHeads G, key and value heads; divides H
 * @param headDimension h, even
 * @param normEpsilon added to the mean square in RMSNorm
 * @param ropeTheta base of the rotary frequencies
 * @param maxPositions longest sequence, in tokens
 * @param tiedEmbeddings whether the embedding also serves as output head
 * @param bosId token that starts a text, or -1
 * @param eosIds tokens that end a text; may be empty
 */
public record ModelConfig(
        Family family,
        int vocabularySize,
        int hiddenSize,
        int intermediateSize,
        int layers,
        int attentionHeads,
        int keyValueHeads,
        int headDimension,
        double normEpsilon,
        double ropeTheta,
        int maxPositions,
        boolean tiedEmbeddings,
        int bosId,
        List<Integer> eosIds) {

    /** Model families whose forward pass this package implements. */
    public enum Family {
        LLAMA("llama", "LlamaForCausalLM", false),
        QWEN2("qwen2", "Qwen2ForCausalLM", true);

        private final String modelType;
        private final String architecture;
        private final boolean queryKeyValueBias;

        Family(String modelType, String architecture, boolean queryKeyValueBias) {
            this.modelType = modelType;
            this.architecture = architecture;
            this.queryKeyValueBias = queryKeyValueBias;
        }

        /** Whether q_proj, k_proj and v_proj add a bias. */
        public boolean queryKeyValueBias() {
            return queryKeyValueBias;
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    public ModelConfig {
        eosIds = List.copyOf(eosIds);
        positive("vocab_size", vocabularySize);
        positive("hidden_size", hiddenSize);
        positive("intermediate_size", intermediateSize);
        positive("num_hidden_layers", layers);
        positive("num_attention_heads", attentionHeads);
        positive("num_key_value_heads", keyValueHeads);
        positive("max_position_embeddings", maxPositions);
        if (headDimension <= 0 || headDimension % 2 != 0) {
            throw new IllegalArgumentException(
                    "head_dim is " + headDimension + "; rotary positions need an even, positive one");
        }
        if (attentionHeads % keyValueHeads != 0) {
            throw new IllegalArgumentException("num_attention_heads is " + attentionHeads
                    + ", which num_key_value_heads " + keyValueHeads + " does not divide");
        }
        if (!(normEpsilon > 0) || !(ropeTheta > 1)) {
            throw new IllegalArgumentException("rms_norm_eps is " + normEpsilon + " and rope_theta " + ropeTheta
                    + "; they must be above 0 and above 1");
        }
    }

    private static void positive(String name, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be positive");
        }
    }

    /**
     * Reads a {@code config.json}.
     *
     * @throws IllegalArgumentException if a field is missing or the model needs something this package does not have
     */
    public static ModelConfig fromJson(byte[] json) {
        JsonNode node = parse(json);
        Family family = family(node.path("model_type").asText());
        refuse(node, "attention_bias", node.path("attention_bias").asBoolean(false));
        refuse(node, "mlp_bias", node.path("mlp_bias").asBoolean(false));
        refuse(node, "use_sliding_window", node.path("use_sliding_window").asBoolean(false));
        refuse(node, "hidden_act", !node.path("hidden_act").asText("silu").equals("silu"));
        JsonNode scaling = node.path("rope_scaling");
        refuse(node, "rope_scaling", scaling.isObject() && !ropeType(scaling).equals("default"));
        int hidden = integer(node, "hidden_size");
        int heads = integer(node, "num_attention_heads");
        return new ModelConfig(
                family,
                integer(node, "vocab_size"),
                hidden,
                integer(node, "intermediate_size"),
                integer(node, "num_hidden_layers"),
                heads,
                node.path("num_key_value_heads").asInt(heads),
                node.path("head_dim").asInt(hidden / heads),
                node.path("rms_norm_eps").asDouble(1e-6),
                node.path("rope_theta").asDouble(10_000),
                integer(node, "max_position_embeddings"),
                node.path("tie_word_embeddings").asBoolean(false),
                node.path("bos_token_id").asInt(-1),
                eosIds(node.path("eos_token_id")));
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
            if (family.modelType.equals(modelType)) {
                return family;
            }
        }
        throw new IllegalArgumentException(
                "config.json has model_type \"" + modelType + "\"; llama and qwen2 are supported");
    }

    private static void refuse(JsonNode node, String field, boolean unsupported) {
        if (unsupported) {
            throw new IllegalArgumentException("config.json has " + field + " " + node.path(field)
                    + ", which this decoder does not implement; choose a model without it");
        }
    }

    private static String ropeType(JsonNode scaling) {
        return scaling.path("rope_type").asText(scaling.path("type").asText("default"));
    }

    private static int integer(JsonNode node, String field) {
        if (!node.path(field).isInt()) {
            throw new IllegalArgumentException(
                    "config.json has no integer " + field + " (found " + node.path(field) + ")");
        }
        return node.path(field).asInt();
    }

    private static List<Integer> eosIds(JsonNode node) {
        if (node.isInt()) {
            return List.of(node.asInt());
        }
        List<Integer> ids = new java.util.ArrayList<>();
        node.forEach(id -> ids.add(id.asInt()));
        return ids;
    }

    ModelConfig withEosIds(List<Integer> ids) {
        return new ModelConfig(
                family,
                vocabularySize,
                hiddenSize,
                intermediateSize,
                layers,
                attentionHeads,
                keyValueHeads,
                headDimension,
                normEpsilon,
                ropeTheta,
                maxPositions,
                tiedEmbeddings,
                bosId,
                ids);
    }

    /** Returns the {@code config.json} that Hugging Face's transformers load. */
    public byte[] toJson() {
        ObjectNode node = JSON.createObjectNode();
        node.putArray("architectures").add(family.architecture);
        node.put("model_type", family.modelType);
        node.put("vocab_size", vocabularySize);
        node.put("hidden_size", hiddenSize);
        node.put("intermediate_size", intermediateSize);
        node.put("num_hidden_layers", layers);
        node.put("num_attention_heads", attentionHeads);
        node.put("num_key_value_heads", keyValueHeads);
        node.put("head_dim", headDimension);
        node.put("hidden_act", "silu");
        node.put("rms_norm_eps", normEpsilon);
        node.put("rope_theta", ropeTheta);
        node.put("max_position_embeddings", maxPositions);
        node.put("tie_word_embeddings", tiedEmbeddings);
        node.put("torch_dtype", "float32");
        if (bosId >= 0) {
            node.put("bos_token_id", bosId);
        }
        if (eosIds.size() == 1) {
            node.put("eos_token_id", eosIds.get(0));
        } else if (!eosIds.isEmpty()) {
            ArrayNode ids = node.putArray("eos_token_id");
            eosIds.forEach(ids::add);
        }
        return node.toPrettyString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
