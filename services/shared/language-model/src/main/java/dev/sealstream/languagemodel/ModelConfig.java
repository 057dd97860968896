package dev.sealstream.languagemodel;

import java.util.List;

/**
 * Shape of a decoder, as in Hugging Face's {@code config.json}.
 *
 * @param vocabularySize V, rows of the embedding
 * @param hiddenSize D
 * @param intermediateSize F, width of the feed-forward layer
 * @param layers number of transformer blocks
 * @param attentionHeads H, query heads
 * @param keyValueHeads G, key and value heads; divides H
 * @param headDimension h; even where positions are rotary
 * @param normEpsilon added to the mean square in the norms
 * @param rotary how queries and keys are turned by their positions
 * @param maxPositions longest sequence, in tokens
 * @param slidingWindow how many tokens, itself included, a token attends to; 0 for all before it
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
        RotaryPositions rotary,
        int maxPositions,
        int slidingWindow,
        boolean tiedEmbeddings,
        int bosId,
        List<Integer> eosIds) {

    /** Model families whose forward pass this package implements. */
    public enum Family {
        /** RMSNorm, SwiGLU, rotary positions (Touvron et al. 2023). SmolLM2 and many others call themselves Llama. */
        LLAMA("llama", "LlamaForCausalLM"),
        /** Llama with a sliding window (Jiang et al. 2023). */
        MISTRAL("mistral", "MistralForCausalLM"),
        /** Llama with biases in the query, key and value projections (Yang et al. 2024). Qwen2.5 calls itself Qwen2. */
        QWEN2("qwen2", "Qwen2ForCausalLM"),
        /** Llama with an RMSNorm on each query and key head (Yang et al. 2025). */
        QWEN3("qwen3", "Qwen3ForCausalLM"),
        /** LayerNorm, GELU, learnt positions, biases everywhere (Radford et al. 2019). */
        GPT2("gpt2", "GPT2LMHeadModel");

        private final String modelType;
        private final String architecture;

        Family(String modelType, String architecture) {
            this.modelType = modelType;
            this.architecture = architecture;
        }

        /** As {@code model_type} in {@code config.json}. */
        String modelType() {
            return modelType;
        }

        /** As in {@code architectures} of {@code config.json}. */
        String architecture() {
            return architecture;
        }
    }

    public ModelConfig {
        eosIds = List.copyOf(eosIds);
        positive("vocab_size", vocabularySize);
        positive("hidden_size", hiddenSize);
        positive("intermediate_size", intermediateSize);
        positive("num_hidden_layers", layers);
        positive("num_attention_heads", attentionHeads);
        positive("num_key_value_heads", keyValueHeads);
        positive("max_position_embeddings", maxPositions);
        positive("head_dim", headDimension);
        if (family == Family.GPT2 != rotary.isNone()) {
            throw new IllegalArgumentException("family " + family + " has rotary positions " + rotary
                    + "; all but GPT2 need a rope_theta, and GPT2 has learnt positions instead");
        }
        if (!rotary.isNone() && headDimension % 2 != 0) {
            throw new IllegalArgumentException("head_dim is " + headDimension + "; rotary positions need an even one");
        }
        if (family == Family.GPT2
                && (keyValueHeads != attentionHeads || attentionHeads * headDimension != hiddenSize)) {
            throw new IllegalArgumentException("n_embd is " + hiddenSize + " with " + attentionHeads + " heads of "
                    + headDimension + " and " + keyValueHeads
                    + " key heads; GPT2's heads share n_embd and none is shared");
        }
        if (attentionHeads % keyValueHeads != 0) {
            throw new IllegalArgumentException("num_attention_heads is " + attentionHeads
                    + ", which num_key_value_heads " + keyValueHeads + " does not divide");
        }
        if (!(normEpsilon > 0)) {
            throw new IllegalArgumentException("the norms' epsilon is " + normEpsilon + "; it must be above 0");
        }
        if (slidingWindow < 0) {
            throw new IllegalArgumentException(
                    "sliding_window is " + slidingWindow + "; it must be positive, or 0 for none");
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
        return ModelConfigJson.read(json);
    }

    /** Returns the {@code config.json} that Hugging Face's transformers load. */
    public byte[] toJson() {
        return ModelConfigJson.write(this);
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
                rotary,
                maxPositions,
                slidingWindow,
                tiedEmbeddings,
                bosId,
                ids);
    }

    /** As the TorchScript code takes it; its meaning is at the top of {@code transformer.py}. */
    long[] shape() {
        boolean gpt2 = family == Family.GPT2;
        return new long[] {
            layers, attentionHeads, keyValueHeads, headDimension, gpt2 ? 1 : 0, gpt2 ? 0 : 1, slidingWindow
        };
    }
}
