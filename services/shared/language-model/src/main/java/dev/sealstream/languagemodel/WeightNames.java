package dev.sealstream.languagemodel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Names and shapes of a decoder's tensors as Hugging Face writes them; a linear layer's weight is (out, in). */
final class WeightNames {
    static final String EMBEDDING = "model.embed_tokens.weight";
    static final String FINAL_NORM = "model.norm.weight";
    static final String HEAD = "lm_head.weight";

    private WeightNames() {}

    static String layer(int layer, String rest) {
        return "model.layers." + layer + "." + rest;
    }

    /** All tensors of a model, in the order in which they are written. */
    static Map<String, List<Long>> shapes(ModelConfig config) {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        long width = config.hiddenSize();
        shapes.put(EMBEDDING, List.of((long) config.vocabularySize(), width));
        for (int layer = 0; layer < config.layers(); layer++) {
            shapes.put(layer(layer, "input_layernorm.weight"), List.of(width));
            for (LinearModule module : LinearModule.values()) {
                long out = module.outFeatures(config);
                shapes.put(layer(layer, module.path() + ".weight"), List.of(out, (long) module.inFeatures(config)));
                if (module.hasBias(config)) {
                    shapes.put(layer(layer, module.path() + ".bias"), List.of(out));
                }
            }
            shapes.put(layer(layer, "post_attention_layernorm.weight"), List.of(width));
        }
        shapes.put(FINAL_NORM, List.of(width));
        if (!config.tiedEmbeddings()) {
            shapes.put(HEAD, List.of((long) config.vocabularySize(), width));
        }
        return shapes;
    }
}
