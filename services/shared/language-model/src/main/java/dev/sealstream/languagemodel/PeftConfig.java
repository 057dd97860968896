package dev.sealstream.languagemodel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** LoRA settings as PEFT's {@code adapter_config.json}. */
final class PeftConfig {
    /** Our own field; PEFT passes fields over that it does not know. */
    private static final String TOPIC = "sealstream_topic";

    private static final ObjectMapper JSON = new ObjectMapper();

    private PeftConfig() {}

    static byte[] write(LoraAdapter adapter, String baseModelName) {
        LoraSettings settings = adapter.settings();
        ObjectNode node = JSON.createObjectNode();
        node.put("peft_type", "LORA");
        node.put("task_type", "CAUSAL_LM");
        node.put("base_model_name_or_path", baseModelName);
        node.put("r", settings.rank());
        node.set("lora_alpha", number(settings.alpha()));
        node.set("target_modules", modules(settings.targetModules(), adapter));
        node.set("exclude_modules", modules(settings.excludeModules(), adapter));
        ObjectNode ranks = node.putObject("rank_pattern");
        settings.rankPattern().forEach(ranks::put);
        ObjectNode alphas = node.putObject("alpha_pattern");
        settings.alphaPattern().forEach((key, alpha) -> alphas.set(key, number(alpha)));
        node.set("layers_to_transform", listOrNull(settings.layersToTransform()));
        node.set("layers_pattern", listOrNull(settings.layersPattern()));
        node.put("lora_dropout", 0.0);
        node.put("bias", "none");
        node.put("fan_in_fan_out", adapter.modules().keySet().stream().anyMatch(PeftConfig::isConv1d));
        node.put("use_rslora", settings.rsLora());
        node.put("use_dora", false);
        node.put("init_lora_weights", true);
        node.put("inference_mode", true);
        adapter.topic().ifPresent(topic -> {
            ObjectNode object = node.putObject(TOPIC);
            object.put("title", topic.title());
            object.set("words", JSON.valueToTree(topic.words()));
        });
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(node);
        } catch (IOException e) {
            throw new UncheckedIOException("writing " + PeftFormat.CONFIG_FILE, e);
        }
    }

    /** GPT-2 stores its linear layers' weights as (in, out); PEFT wants to be told, the factors are the same. */
    private static boolean isConv1d(String path) {
        return path.matches("(.*\\.)?h\\.\\d+\\.(attn|mlp)\\.c_\\w+");
    }

    private static JsonNode number(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < Integer.MAX_VALUE;
        return whole ? JsonNodeFactory.instance.numberNode((int) value) : JsonNodeFactory.instance.numberNode(value);
    }

    /** PEFT knows no wildcards in a list, so the modules they stand for are written by their full paths. */
    private static JsonNode modules(ModuleSelection selection, LoraAdapter adapter) {
        if (selection instanceof ModuleSelection.Names names) {
            if (names.hasWildcards()) {
                return listOrNull(adapter.modules().keySet().stream()
                        .filter(selection::matches)
                        .toList());
            }
            return listOrNull(names.names());
        } else if (selection instanceof ModuleSelection.Regex regex) {
            return JsonNodeFactory.instance.textNode(regex.expression());
        }
        return JsonNodeFactory.instance.textNode(ModuleSelection.ALL_LINEAR);
    }

    private static JsonNode listOrNull(List<?> values) {
        return values.isEmpty() ? JsonNodeFactory.instance.nullNode() : JSON.valueToTree(values);
    }

    /**
     * Reads a config; fields that do not change the mathematics are passed over.
     *
     * @throws IllegalArgumentException if a field is missing, or asks for what this decoder does not apply
     */
    static LoraSettings read(byte[] json) {
        JsonNode node = tree(json);
        UnsupportedPeft.refuse(node);
        if (!node.path("r").isInt() || !node.path("lora_alpha").isNumber()) {
            throw new IllegalArgumentException(PeftFormat.CONFIG_FILE + " has r " + node.path("r") + " and lora_alpha "
                    + node.path("lora_alpha") + "; an integer and a number are needed");
        }
        try {
            return settings(node);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(PeftFormat.CONFIG_FILE + ": " + e.getMessage(), e);
        }
    }

    /** The adapter with the topic that its config names, if it names one. */
    static LoraAdapter withTopic(byte[] json, LoraAdapter adapter) {
        JsonNode topic = tree(json).path(TOPIC);
        return topic.isMissingNode()
                ? adapter
                : adapter.about(new AdapterTopic(topic.path("title").asText(), Set.copyOf(texts(topic.path("words")))));
    }

    static boolean hasTopic(byte[] json) {
        return tree(json).has(TOPIC);
    }

    private static JsonNode tree(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new IllegalArgumentException(PeftFormat.CONFIG_FILE + " is not JSON: " + e.getMessage(), e);
        }
    }

    private static LoraSettings settings(JsonNode node) {
        Map<String, Integer> ranks = new LinkedHashMap<>();
        node.path("rank_pattern")
                .fields()
                .forEachRemaining(
                        entry -> ranks.put(entry.getKey(), entry.getValue().asInt()));
        Map<String, Double> alphas = new LinkedHashMap<>();
        node.path("alpha_pattern")
                .fields()
                .forEachRemaining(
                        entry -> alphas.put(entry.getKey(), entry.getValue().asDouble(Double.NaN)));
        List<Integer> layers = new ArrayList<>();
        values(node.path("layers_to_transform")).forEach(layer -> layers.add(layer.asInt(-1)));
        return new LoraSettings(
                node.path("r").asInt(),
                node.path("lora_alpha").asDouble(),
                node.path("use_rslora").asBoolean(false),
                modules(node.path("target_modules")),
                modules(node.path("exclude_modules")),
                ranks,
                alphas,
                layers,
                texts(node.path("layers_pattern")));
    }

    private static ModuleSelection modules(JsonNode node) {
        return node.isTextual() ? ModuleSelection.of(node.asText()) : ModuleSelection.of(texts(node));
    }

    private static List<String> texts(JsonNode node) {
        return values(node).stream().map(JsonNode::asText).toList();
    }

    /** A list's elements, or a single value; none for null. */
    private static List<JsonNode> values(JsonNode node) {
        List<JsonNode> values = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(values::add);
        } else if (!node.isNull() && !node.isMissingNode()) {
            values.add(node);
        }
        return values;
    }
}
