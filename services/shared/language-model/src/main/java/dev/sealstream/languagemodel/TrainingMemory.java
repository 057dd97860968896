package dev.sealstream.languagemodel;

/**
 * Estimates what training adapters takes, before it starts, and cuts the work so that it fits.
 *
 * @param modelConfig of the frozen model
 * @param precision of its matrices, and so of activations
 * @param adapterBytes of one adapter: parameters, two moments, gradient, and the copies a chunk works on
 * @param ranks sum of the ranks in a layer
 * @param budgetBytes that may be taken
 */
record TrainingMemory(ModelConfig modelConfig, Precision precision, long adapterBytes, int ranks, long budgetBytes) {
    private static final int FLOAT_BYTES = 4;
    /**
     * Copies of a chunk of logits that exist at once where the model without adapters is imitated, the most there can be; see
     * {@code head_gradient} in {@code adapter_training.py}.
     */
    private static final int LOGIT_COPIES = 4;
    /** {@code adapter_training.py} takes so many logits at a time. */
    private static final long LOGITS_MAX = 1L << 25;
    /** Tensors of the block in work, beside those kept: its gradients and what is computed on the way. */
    private static final int BLOCKS_IN_WORK = 2;
    /**
     * More tokens in a chunk no longer raise throughput: on a CPU the activations of a block should stay in its caches, a
     * GPU is busy from here on.
     */
    private static final int CPU_TOKENS_MAX = 4096;

    private static final int GPU_TOKENS_MAX = 1 << 16;

    /**
     * How a step is cut.
     *
     * @param recompute whether each block's activations are computed again on the way back instead of kept
     */
    record Plan(int tokensMax, boolean recompute) {}

    static TrainingMemory of(ModelConfig config, AdapterShape shape, Precision precision, long budgetBytes) {
        long perParameter = 6L * FLOAT_BYTES + 2L * precision.bytes();
        return new TrainingMemory(
                config, precision, shape.parameters() * perParameter, shape.ranksOfLayer(config.layers()), budgetBytes);
    }

    /** The same where so many share the budget. */
    TrainingMemory shared(int ways) {
        return new TrainingMemory(modelConfig, precision, adapterBytes, ranks, budgetBytes / ways);
    }

    /** How many adapters may be trained at once if the longest sequence has so many tokens; 0 if not even one. */
    int adaptersMax(int longest) {
        long left = budgetBytes - chunkBytes(longest, longest, true);
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, left / adapterBytes));
    }

    /** Cuts steps of so many adapters, at most {@link #adaptersMax}. */
    Plan plan(int adapters, int longest, boolean gpu) {
        long left = budgetBytes - adapters * adapterBytes;
        int useful = Math.max(longest, gpu ? GPU_TOKENS_MAX : CPU_TOKENS_MAX);
        boolean recompute = chunkBytes(longest, longest, false) > left;
        int fitting = longest;
        while (fitting < useful && chunkBytes(2L * fitting, longest, recompute) <= left) {
            fitting *= 2;
        }
        return new Plan(Math.min(fitting, useful), recompute);
    }

    /** Why a task does not fit at all. */
    String shortage(int longest) {
        long needed = adapterBytes + chunkBytes(longest, longest, true);
        return "training needs about " + mebibytes(needed) + " MiB for a sequence of " + longest
                + " tokens and one adapter, "
                + mebibytes(budgetBytes) + " MiB may be used; shorten the sequence, lower the rank, load the model in"
                + " bfloat16 or give the process more memory";
    }

    static long mebibytes(long bytes) {
        return bytes >> 20;
    }

    private long chunkBytes(long tokens, int longest, boolean recompute) {
        long vocabulary = modelConfig.vocabularySize();
        long logits = Math.min(tokens * vocabulary, Math.max(LOGITS_MAX, vocabulary));
        return tokens * tokenBytes(longest, recompute) + LOGIT_COPIES * FLOAT_BYTES * logits;
    }

    private long tokenBytes(int longest, boolean recompute) {
        long width = modelConfig.hiddenSize();
        long block = blockBytes(longest);
        long kept = modelConfig.layers() * (recompute ? FLOAT_BYTES * width : block);
        return kept + (BLOCKS_IN_WORK + (recompute ? 1 : 0)) * block + 4 * FLOAT_BYTES * width;
    }

    /** What a block keeps of a token; see {@code layer_forward} in {@code adapter_training.py}. */
    private long blockBytes(int longest) {
        long heads = (long) modelConfig.attentionHeads() * modelConfig.headDimension();
        long qkv = heads + 2L * modelConfig.keyValueHeads() * modelConfig.headDimension();
        long up = 2L * modelConfig.intermediateSize();
        long probabilities = (long) modelConfig.attentionHeads() * longest;
        return precision.bytes() * (heads + 2 * qkv + up + ranks + probabilities)
                + 2L * FLOAT_BYTES * modelConfig.hiddenSize();
    }
}
