package dev.sealstream.languagemodel;

import dev.sealstream.languagemodel.ModelConfig.Family;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static java.util.Map.entry;

/**
 * Which of Hugging Face's tensors make up each tensor the TorchScript code wants.
 *
 * <p>q, k and v stand in one matrix, gate and up in another: fewer, larger products, on a small model most of the time.
 * The only class that knows a family's names.
 */
final class WeightLayout {
    static final int EMBEDDING = 0;
    static final int FINAL_NORM = 1;
    static final int FINAL_NORM_BIAS = 2;
    static final int HEAD = 3;
    static final int FREQUENCIES = 4;
    static final int POSITIONS = 5;
    static final int LAYER_START = 6;

    private static final Map<LayerSlot, String> LLAMA_NORMS = Map.ofEntries(
            entry(LayerSlot.INPUT_NORM, "input_layernorm.weight"),
            entry(LayerSlot.POST_NORM, "post_attention_layernorm.weight"));
    private static final Map<LayerSlot, String> QWEN3_NORMS = Map.ofEntries(
            entry(LayerSlot.INPUT_NORM, "input_layernorm.weight"),
            entry(LayerSlot.QUERY_NORM, "self_attn.q_norm.weight"),
            entry(LayerSlot.KEY_NORM, "self_attn.k_norm.weight"),
            entry(LayerSlot.POST_NORM, "post_attention_layernorm.weight"));
    private static final Map<LayerSlot, String> GPT2_NORMS = Map.ofEntries(
            entry(LayerSlot.INPUT_NORM, "ln_1.weight"),
            entry(LayerSlot.INPUT_NORM_BIAS, "ln_1.bias"),
            entry(LayerSlot.POST_NORM, "ln_2.weight"),
            entry(LayerSlot.POST_NORM_BIAS, "ln_2.bias"));

    /**
     * A tensor in Hugging Face's files.
     *
     * @param shape as stored
     * @param transposed whether a linear weight is stored (in, out), as GPT-2's are
     */
    record Stored(String name, List<Long> shape, boolean transposed) {}

    /** Where a stored tensor goes: which of the tensors, from which row on. */
    record Place(int tensor, int row, Stored stored) {
        /** Rows of the fused tensor that it takes. */
        int rows() {
            return stored.shape().get(stored.transposed() ? 1 : 0).intValue();
        }
    }

    private final ModelConfig config;
    private final List<LinearModule> modules;
    private final List<List<Stored>> tensors = new ArrayList<>();
    private final Map<String, Place> places = new LinkedHashMap<>();

    private WeightLayout(ModelConfig config) {
        this.config = config;
        this.modules = config.family() == Family.GPT2 ? gpt2Modules(config) : llamaModules(config);
    }

    static WeightLayout of(ModelConfig config) {
        WeightLayout layout = new WeightLayout(config);
        boolean gpt2 = config.family() == Family.GPT2;
        long vocabulary = config.vocabularySize();
        long width = config.hiddenSize();
        layout.add(stored(gpt2 ? "transformer.wte.weight" : "model.embed_tokens.weight", vocabulary, width));
        layout.add(stored(gpt2 ? "transformer.ln_f.weight" : "model.norm.weight", width));
        layout.add(gpt2 ? stored("transformer.ln_f.bias", width) : List.of());
        layout.add(config.tiedEmbeddings() ? List.of() : stored("lm_head.weight", vocabulary, width));
        layout.add(List.of());
        layout.add(gpt2 ? stored("transformer.wpe.weight", config.maxPositions(), width) : List.of());
        for (int layer = 0; layer < config.layers(); layer++) {
            for (LayerSlot slot : LayerSlot.values()) {
                layout.add(layout.ofLayer(layer, slot));
            }
        }
        return layout;
    }

    private static List<LinearModule> llamaModules(ModelConfig config) {
        int width = config.hiddenSize();
        int q = config.attentionHeads() * config.headDimension();
        int kv = config.keyValueHeads() * config.headDimension();
        int f = config.intermediateSize();
        return List.of(
                new LinearModule("self_attn.q_proj", LayerSlot.QKV, 0, width, q),
                new LinearModule("self_attn.k_proj", LayerSlot.QKV, q, width, kv),
                new LinearModule("self_attn.v_proj", LayerSlot.QKV, q + kv, width, kv),
                new LinearModule("self_attn.o_proj", LayerSlot.O, 0, q, width),
                new LinearModule("mlp.gate_proj", LayerSlot.UP, 0, width, f),
                new LinearModule("mlp.up_proj", LayerSlot.UP, f, width, f),
                new LinearModule("mlp.down_proj", LayerSlot.DOWN, 0, f, width));
    }

    private static List<LinearModule> gpt2Modules(ModelConfig config) {
        int width = config.hiddenSize();
        int f = config.intermediateSize();
        return List.of(
                new LinearModule("attn.c_attn", LayerSlot.QKV, 0, width, 3 * width),
                new LinearModule("attn.c_proj", LayerSlot.O, 0, width, width),
                new LinearModule("mlp.c_fc", LayerSlot.UP, 0, width, f),
                new LinearModule("mlp.c_proj", LayerSlot.DOWN, 0, f, width));
    }

    private static List<Stored> stored(String name, long... shape) {
        List<Long> lengths = new ArrayList<>();
        for (long length : shape) {
            lengths.add(length);
        }
        return List.of(new Stored(name, lengths, false));
    }

    private List<Stored> ofLayer(int layer, LayerSlot slot) {
        Map<LayerSlot, String> norms =
                switch (config.family()) {
                    case GPT2 -> GPT2_NORMS;
                    case QWEN3 -> QWEN3_NORMS;
                    case LLAMA, MISTRAL, QWEN2 -> LLAMA_NORMS;
                };
        if (norms.containsKey(slot)) {
            boolean ofHead = slot == LayerSlot.QUERY_NORM || slot == LayerSlot.KEY_NORM;
            return stored(path(layer, norms.get(slot)), ofHead ? config.headDimension() : config.hiddenSize());
        }
        boolean transposed = config.family() == Family.GPT2;
        List<Stored> parts = new ArrayList<>();
        for (LinearModule module : modules) {
            long in = module.inFeatures();
            long out = module.outFeatures();
            if (module.slot() == slot) {
                List<Long> shape = transposed ? List.of(in, out) : List.of(out, in);
                parts.add(new Stored(path(layer, module.path() + ".weight"), shape, transposed));
            } else if (module.slot().bias() == slot && hasBias(module.slot())) {
                parts.add(new Stored(path(layer, module.path() + ".bias"), List.of(out), false));
            }
        }
        return parts;
    }

    private boolean hasBias(LayerSlot matrix) {
        return config.family() == Family.GPT2 || config.family() == Family.QWEN2 && matrix == LayerSlot.QKV;
    }

    private void add(List<Stored> parts) {
        int row = 0;
        for (Stored part : parts) {
            places.put(part.name(), new Place(tensors.size(), row, part));
            row += places.get(part.name()).rows();
        }
        tensors.add(parts);
    }

    /** Path of a module, or name of a tensor, inside the model. */
    String path(int layer, String rest) {
        return (config.family() == Family.GPT2 ? "transformer.h." : "model.layers.") + layer + "." + rest;
    }

    /** The linear modules of a block, in the order of the fused matrices. */
    List<LinearModule> modules() {
        return modules;
    }

    /** Paths of all linear modules, layer by layer. */
    List<String> modulePaths() {
        List<String> paths = new ArrayList<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            for (LinearModule module : modules) {
                paths.add(path(layer, module.path()));
            }
        }
        return paths;
    }

    /** What stands below each other in each tensor; none where the model has no such tensor. */
    List<List<Stored>> tensors() {
        return tensors;
    }

    static int tensor(int layer, LayerSlot slot) {
        return LAYER_START + layer * LayerSlot.values().length + slot.ordinal();
    }

    /** Whether a tensor is a weight matrix of a product, which may be kept in bfloat16. */
    static boolean isMatrix(int tensor) {
        return tensor == EMBEDDING
                || tensor == HEAD
                || tensor >= LAYER_START
                        && LayerSlot.values()[(tensor - LAYER_START) % LayerSlot.values().length].isMatrix();
    }

    /** Where each of Hugging Face's tensors goes, by name, in the order in which they are written. */
    Map<String, Place> places() {
        return places;
    }

    /** @throws IllegalArgumentException if the model has no such tensor */
    Place place(String name) {
        Place place = places.get(name);
        if (place == null) {
            throw new IllegalArgumentException("no weight is called " + name);
        }
        return place;
    }

    /** The linear modules whose weights stand in a tensor: path to first row. */
    Map<String, Integer> modulesOf(int tensor) {
        if (tensor < LAYER_START) {
            return Map.of();
        }
        int slots = LayerSlot.values().length;
        LayerSlot slot = LayerSlot.values()[(tensor - LAYER_START) % slots];
        Map<String, Integer> rows = new LinkedHashMap<>();
        for (LinearModule module : modules) {
            if (module.slot() == slot) {
                rows.put(path((tensor - LAYER_START) / slots, module.path()), module.row());
            }
        }
        return rows;
    }

    /** Shapes as stored, by name, in the order in which they are written. */
    Map<String, List<Long>> shapes() {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        places.forEach((name, place) -> shapes.put(name, place.stored().shape()));
        return shapes;
    }
}
