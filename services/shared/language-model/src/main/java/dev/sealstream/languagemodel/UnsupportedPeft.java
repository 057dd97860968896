package dev.sealstream.languagemodel;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What PEFT can put into an adapter beyond {@code W + scale · B A}, and this decoder would compute wrongly. */
final class UnsupportedPeft {
    private static final String RETRAIN = "train it without";
    private static final String CONVERT = "save it with path_initial_model_for_weight_conversion, which makes it an "
            + "adapter of the original base model";

    /** Fields that change the forward pass as soon as they are set, with the remedy. */
    private static final Map<String, String> FIELDS = new TreeMap<>(Map.ofEntries(
            Map.entry("use_dora", RETRAIN),
            Map.entry("lora_bias", RETRAIN),
            Map.entry("modules_to_save", RETRAIN + ", or merge it into the base model first"),
            Map.entry("trainable_token_indices", RETRAIN + ", or merge it into the base model first"),
            Map.entry("target_parameters", RETRAIN),
            Map.entry("layer_replication", RETRAIN),
            Map.entry("alora_invocation_tokens", RETRAIN),
            Map.entry("arrow_config", RETRAIN),
            Map.entry("use_qalora", RETRAIN),
            Map.entry("use_bdlora", RETRAIN)));

    /** Ways to start that leave the base model as it is. */
    private static final List<String> HARMLESS_INITS =
            List.of("true", "false", "null", "gaussian", "eva", "orthogonal");

    /** Parts of tensor names that PEFT writes for the above. */
    private static final Map<String, String> TENSORS = new TreeMap<>(Map.of(
            "lora_embedding_", "an adapted embedding; train it without embed_tokens, wte and wpe in target_modules",
            "lora_magnitude_vector", "DoRA's magnitude; train it without use_dora",
            "lora_B.bias", "a bias of B; train it without lora_bias",
            ".modules_to_save.", "a module trained in full; train it without modules_to_save"));

    private UnsupportedPeft() {}

    /** Refuses a config that asks for more than plain LoRA. */
    static void refuse(JsonNode config) {
        String type = config.path("peft_type").asText();
        if (!type.equals("LORA")) {
            throw refusal("peft_type", config, "only LORA is supported");
        }
        FIELDS.forEach((field, remedy) -> {
            if (isSet(config.path(field))) {
                throw refusal(field, config, remedy);
            }
        });
        if (!config.path("bias").asText("none").equals("none")) {
            throw refusal("bias", config, "train it with bias none");
        }
        String init = config.path("init_lora_weights").asText("true").toLowerCase(java.util.Locale.ROOT);
        if (!HARMLESS_INITS.contains(init)) {
            throw refusal("init_lora_weights", config, initRemedy(init));
        }
    }

    private static String initRemedy(String init) {
        if (init.startsWith("loftq")) {
            return "its factors belong to a quantised base model; merge it there";
        } else if (init.startsWith("pissa")
                || init.startsWith("olora")
                || init.startsWith("corda")
                || init.startsWith("lora_ga")) {
            return "its factors belong to a base model that the start of training changed; " + CONVERT;
        }
        return "known are " + HARMLESS_INITS + "; write true if the start of training left the base model as it was";
    }

    private static boolean isSet(JsonNode value) {
        if (value.isContainerNode()) {
            return !value.isEmpty();
        }
        return !value.isMissingNode() && !value.isNull() && !(value.isBoolean() && !value.asBoolean());
    }

    private static IllegalArgumentException refusal(String field, JsonNode config, String remedy) {
        return new IllegalArgumentException(PeftFormat.CONFIG_FILE + " has " + field + " " + config.path(field)
                + ", which this decoder does not apply; " + remedy);
    }

    /** What a tensor that is no LoRA factor stands for, and what to do. */
    static String explain(String tensor) {
        for (Map.Entry<String, String> known : TENSORS.entrySet()) {
            if (tensor.contains(known.getKey())) {
                return known.getValue();
            }
        }
        return "no LoRA factor; save the adapter without other weights (save_embedding_layers=False)";
    }
}
