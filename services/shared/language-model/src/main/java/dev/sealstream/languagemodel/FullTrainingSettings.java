package dev.sealstream.languagemodel;

/**
 * How all weights of a model are trained.
 *
 * @param muonLearningRate for the layers' matrices, times √max(1, out/in)
 * @param muonMomentum Nesterov momentum of Muon
 * @param muonWeightDecay decoupled, times the learning rate
 * @param adamLearningRate for embeddings, norms and biases
 * @param adamBeta1 decay of Adam's first moment
 * @param adamBeta2 decay of Adam's second moment
 * @param bfloat16Products round the operands of matrix products to bfloat16; weights and sums stay float32. Faster
 *     where the processor has such instructions, slower elsewhere
 * @param rowTokens sequences are packed into rows of about this many tokens; attention costs grow with it
 * @param chunkTokens tokens of one forward and backward pass; memory grows with it, gradients add up over passes
 * @param embeddingRateScale multiplies Adam's rate for the embedding; a model whose constants are folded into larger or
 *     smaller embeddings wants its steps to be larger or smaller too
 * @param finalNormRateScale the same for the final norm
 */
public record FullTrainingSettings(
        double muonLearningRate,
        double muonMomentum,
        double muonWeightDecay,
        double adamLearningRate,
        double adamBeta1,
        double adamBeta2,
        boolean bfloat16Products,
        int rowTokens,
        int chunkTokens,
        double embeddingRateScale,
        double finalNormRateScale) {
    public FullTrainingSettings {
        if (!(muonLearningRate >= 0) || !(adamLearningRate >= 0)) {
            throw new IllegalArgumentException("learning rates are " + muonLearningRate + " (Muon) and "
                    + adamLearningRate + " (Adam); they must not be negative");
        }
        if (!(embeddingRateScale >= 0) || !(finalNormRateScale >= 0)) {
            throw new IllegalArgumentException("rate scales are " + embeddingRateScale + " (embedding) and "
                    + finalNormRateScale + " (final norm); they must not be negative");
        }
        if (rowTokens < 1 || chunkTokens < rowTokens) {
            throw new IllegalArgumentException("rowTokens is " + rowTokens + " and chunkTokens " + chunkTokens
                    + "; a chunk must hold at least one row of at least one token");
        }
    }

    /** Settings that trained a model of a million parameters from nothing in a few million tokens. */
    public static FullTrainingSettings defaults() {
        return new FullTrainingSettings(0.02, 0.95, 0.01, 3e-3, 0.9, 0.95, false, 256, 4096, 1, 1);
    }

    public FullTrainingSettings withBfloat16Products(boolean enabled) {
        return new FullTrainingSettings(
                muonLearningRate,
                muonMomentum,
                muonWeightDecay,
                adamLearningRate,
                adamBeta1,
                adamBeta2,
                enabled,
                rowTokens,
                chunkTokens,
                embeddingRateScale,
                finalNormRateScale);
    }

    public FullTrainingSettings withRateScales(double embedding, double finalNorm) {
        return new FullTrainingSettings(
                muonLearningRate,
                muonMomentum,
                muonWeightDecay,
                adamLearningRate,
                adamBeta1,
                adamBeta2,
                bfloat16Products,
                rowTokens,
                chunkTokens,
                embedding,
                finalNorm);
    }
}
