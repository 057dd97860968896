package dev.sealstream.benchmarks.checkpoint;

import java.util.ArrayList;
import java.util.List;

/** Families of decoders, with the names their published checkpoints use. */
public enum Family {
    LLAMA("llama", "LlamaForCausalLM", false, false),
    MISTRAL("mistral", "MistralForCausalLM", false, false),
    QWEN2("qwen2", "Qwen2ForCausalLM", true, false),
    QWEN3("qwen3", "Qwen3ForCausalLM", false, true),
    GPT2("gpt2", "GPT2LMHeadModel", true, false) {
        @Override
        List<TensorSpec> tensors(CheckpointShape shape) {
            return gpt2Tensors(shape);
        }
    };

    private final String modelType;
    private final String architecture;
    private final boolean queryKeyValueBias;
    private final boolean queryKeyNorm;

    Family(String modelType, String architecture, boolean queryKeyValueBias, boolean queryKeyNorm) {
        this.modelType = modelType;
        this.architecture = architecture;
        this.queryKeyValueBias = queryKeyValueBias;
        this.queryKeyNorm = queryKeyNorm;
    }

    String modelType() {
        return modelType;
    }

    String architecture() {
        return architecture;
    }

    /** Tensors in the order of the file. */
    List<TensorSpec> tensors(CheckpointShape shape) {
        int width = shape.width();
        int queries = shape.heads() * shape.headDimension();
        int keys = shape.keyValueHeads() * shape.headDimension();
        List<TensorSpec> tensors = new ArrayList<>();
        tensors.add(TensorSpec.matrix("model.embed_tokens.weight", shape.vocabulary(), width));
        for (int layer = 0; layer < shape.layers(); layer++) {
            String prefix = "model.layers." + layer + ".";
            tensors.add(TensorSpec.norm(prefix + "input_layernorm.weight", width));
            String attention = prefix + "self_attn.";
            tensors.add(TensorSpec.matrix(attention + "q_proj.weight", queries, width));
            tensors.add(TensorSpec.matrix(attention + "k_proj.weight", keys, width));
            tensors.add(TensorSpec.matrix(attention + "v_proj.weight", keys, width));
            if (queryKeyValueBias) {
                tensors.add(TensorSpec.bias(attention + "q_proj.bias", queries));
                tensors.add(TensorSpec.bias(attention + "k_proj.bias", keys));
                tensors.add(TensorSpec.bias(attention + "v_proj.bias", keys));
            }
            if (queryKeyNorm) {
                tensors.add(TensorSpec.norm(attention + "q_norm.weight", shape.headDimension()));
                tensors.add(TensorSpec.norm(attention + "k_norm.weight", shape.headDimension()));
            }
            tensors.add(TensorSpec.matrix(attention + "o_proj.weight", width, queries));
            tensors.add(TensorSpec.norm(prefix + "post_attention_layernorm.weight", width));
            tensors.add(TensorSpec.matrix(prefix + "mlp.gate_proj.weight", shape.feedForward(), width));
            tensors.add(TensorSpec.matrix(prefix + "mlp.up_proj.weight", shape.feedForward(), width));
            tensors.add(TensorSpec.matrix(prefix + "mlp.down_proj.weight", width, shape.feedForward()));
        }
        tensors.add(TensorSpec.norm("model.norm.weight", width));
        if (!shape.tied()) {
            tensors.add(TensorSpec.matrix("lm_head.weight", shape.vocabulary(), width));
        }
        return List.copyOf(tensors);
    }

    /** Weights are (in, out), as the original's one-dimensional convolutions had them. */
    private static List<TensorSpec> gpt2Tensors(CheckpointShape shape) {
        int width = shape.width();
        List<TensorSpec> tensors = new ArrayList<>();
        tensors.add(TensorSpec.matrix("wte.weight", shape.vocabulary(), width));
        tensors.add(TensorSpec.matrix("wpe.weight", shape.positions(), width));
        for (int layer = 0; layer < shape.layers(); layer++) {
            String prefix = "h." + layer + ".";
            addNorm(tensors, prefix + "ln_1", width);
            addConvolution(tensors, prefix + "attn.c_attn", width, 3L * width);
            addConvolution(tensors, prefix + "attn.c_proj", width, width);
            addNorm(tensors, prefix + "ln_2", width);
            addConvolution(tensors, prefix + "mlp.c_fc", width, shape.feedForward());
            addConvolution(tensors, prefix + "mlp.c_proj", shape.feedForward(), width);
        }
        addNorm(tensors, "ln_f", width);
        return List.copyOf(tensors);
    }

    private static void addNorm(List<TensorSpec> tensors, String name, long width) {
        tensors.add(TensorSpec.norm(name + ".weight", width));
        tensors.add(TensorSpec.bias(name + ".bias", width));
    }

    private static void addConvolution(List<TensorSpec> tensors, String name, long in, long out) {
        tensors.add(TensorSpec.matrix(name + ".weight", in, out));
        tensors.add(TensorSpec.bias(name + ".bias", out));
    }
}
