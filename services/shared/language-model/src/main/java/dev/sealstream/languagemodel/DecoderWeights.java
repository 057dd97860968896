package dev.sealstream.languagemodel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A decoder's weights as the TorchScript code wants them: q, k, v in one matrix, gate and up in another.
 *
 * <p>Fewer, larger products; on a small model that is most of the time. The list's order is at the top of
 * {@code transformer.py}. The tensors belong to the manager they were built with.
 */
final class DecoderWeights {
    static final int EMBEDDING = 0;
    static final int FINAL_NORM = 1;
    static final int HEAD = 2;
    static final int FREQUENCIES = 3;
    static final int LAYER_START = 4;
    static final int PER_LAYER = 7;
    static final int INPUT_NORM = 0;
    static final int QKV = 1;
    static final int QKV_BIAS = 2;
    static final int O = 3;
    static final int POST_NORM = 4;
    static final int GATE_UP = 5;
    static final int DOWN = 6;

    private final ModelConfig config;
    private final List<NDArray> tensors;

    DecoderWeights(ModelConfig config, List<NDArray> tensors) {
        this.config = config;
        this.tensors = List.copyOf(tensors);
    }

    static DecoderWeights read(ModelConfig config, NDManager manager, WeightSource source) {
        Reader reader = new Reader(config, manager, source);
        List<NDArray> tensors = new ArrayList<>();
        tensors.add(reader.fused(WeightNames.EMBEDDING));
        tensors.add(reader.fused(WeightNames.FINAL_NORM));
        tensors.add(config.tiedEmbeddings() ? manager.create(new Shape(0, 0)) : reader.fused(WeightNames.HEAD));
        tensors.add(manager.create(frequencies(config)));
        for (int layer = 0; layer < config.layers(); layer++) {
            String q = WeightNames.layer(layer, "self_attn.q_proj");
            String k = WeightNames.layer(layer, "self_attn.k_proj");
            String v = WeightNames.layer(layer, "self_attn.v_proj");
            boolean bias = config.family().queryKeyValueBias();
            tensors.add(reader.fused(WeightNames.layer(layer, "input_layernorm.weight")));
            tensors.add(reader.fused(q + ".weight", k + ".weight", v + ".weight"));
            tensors.add(bias ? reader.fused(q + ".bias", k + ".bias", v + ".bias") : manager.create(new Shape(0)));
            tensors.add(reader.fused(WeightNames.layer(layer, "self_attn.o_proj.weight")));
            tensors.add(reader.fused(WeightNames.layer(layer, "post_attention_layernorm.weight")));
            tensors.add(reader.fused(
                    WeightNames.layer(layer, "mlp.gate_proj.weight"), WeightNames.layer(layer, "mlp.up_proj.weight")));
            tensors.add(reader.fused(WeightNames.layer(layer, "mlp.down_proj.weight")));
        }
        return new DecoderWeights(config, tensors);
    }

    /** Rotary frequencies theta^(-2i/h) (Su et al. 2021), in double precision before rounding. */
    private static float[] frequencies(ModelConfig config) {
        float[] result = new float[config.headDimension() / 2];
        for (int i = 0; i < result.length; i++) {
            result[i] = (float) Math.pow(config.ropeTheta(), -2.0 * i / config.headDimension());
        }
        return result;
    }

    private record Reader(NDManager manager, WeightSource source, Map<String, List<Long>> shapes) {
        Reader(ModelConfig config, NDManager manager, WeightSource source) {
            this(manager, source, WeightNames.shapes(config));
        }

        /** Stacks tensors on top of each other as float32; always a copy, never a view on a file. */
        NDArray fused(String... names) {
            try (NDManager scratch = manager.newSubManager()) {
                List<NDArray> parts = new ArrayList<>();
                boolean bfloat16 = false;
                for (String name : names) {
                    long[] shape =
                            shapes.get(name).stream().mapToLong(Long::longValue).toArray();
                    WeightSource.Part part = source.read(scratch, name, shape);
                    bfloat16 = part.bfloat16();
                    parts.add(part.array());
                }
                return DecoderScript.call(manager, "fuse", parts, bfloat16).get(0);
            }
        }
    }

    ModelConfig config() {
        return config;
    }

    List<NDArray> tensors() {
        return tensors;
    }

    NDArray ofLayer(int layer, int which) {
        return tensors.get(LAYER_START + layer * PER_LAYER + which);
    }

    /** [layers, H, G, h], as the TorchScript code takes it. */
    long[] shape() {
        return new long[] {config.layers(), config.attentionHeads(), config.keyValueHeads(), config.headDimension()};
    }

    /** Returns one tensor under its Hugging Face name, copied to Java. */
    float[] floats(String name) {
        if (name.equals(WeightNames.EMBEDDING)) {
            return tensors.get(EMBEDDING).toFloatArray();
        } else if (name.equals(WeightNames.FINAL_NORM)) {
            return tensors.get(FINAL_NORM).toFloatArray();
        } else if (name.equals(WeightNames.HEAD)) {
            return tensors.get(HEAD).toFloatArray();
        }
        String[] path = name.split("\\.", 4); // model.layers.<layer>.<rest>
        int layer = Integer.parseInt(path[2]);
        return switch (path[3]) {
            case "input_layernorm.weight" -> ofLayer(layer, INPUT_NORM).toFloatArray();
            case "post_attention_layernorm.weight" -> ofLayer(layer, POST_NORM).toFloatArray();
            default -> ofModule(name, layer, path[3]);
        };
    }

    private float[] ofModule(String name, int layer, String path) {
        int dot = path.lastIndexOf('.');
        LinearModule module = LinearModule.ofPath(path.substring(0, dot));
        if (module == null) {
            throw new IllegalArgumentException("no weight is called " + name);
        }
        boolean bias = path.substring(dot).equals(".bias");
        int columns = bias ? 1 : module.inFeatures(config);
        float[] fused = ofLayer(layer, bias ? QKV_BIAS : module.fusedTensor()).toFloatArray();
        int start = module.fusedRow(config) * columns;
        return Arrays.copyOfRange(fused, start, start + module.outFeatures(config) * columns);
    }

    /** A copy in {@code manager} with adapters added, one after another. */
    DecoderWeights merged(NDManager manager, List<LoraAdapter> adapters) {
        List<NDArray> copies = new ArrayList<>();
        for (NDArray tensor : tensors) {
            NDArray copy = tensor.duplicate();
            copy.attach(manager);
            copies.add(copy);
        }
        DecoderWeights result = new DecoderWeights(config, copies);
        for (LoraAdapter adapter : adapters) {
            for (int layer = 0; layer < config.layers(); layer++) {
                for (LinearModule module : LinearModule.values()) {
                    String path = WeightNames.layer(layer, module.path());
                    LoraFactors factors = adapter.modules().get(path);
                    if (factors != null) {
                        result.add(manager, layer, module, factors, adapter.scale(path));
                    }
                }
            }
        }
        return result;
    }

    private void add(NDManager manager, int layer, LinearModule module, LoraFactors factors, double scale) {
        try (NDManager scratch = manager.newSubManager()) {
            NDArray a = scratch.create(factors.a(), new Shape(factors.rank(), factors.inFeatures()));
            NDArray b = scratch.create(factors.b(), new Shape(factors.outFeatures(), factors.rank()));
            NDArray target = ofLayer(layer, module.fusedTensor());
            int start = module.fusedRow(config);
            DecoderScript.call(scratch, "add_product", target, start, b, a, scale);
        }
    }
}
