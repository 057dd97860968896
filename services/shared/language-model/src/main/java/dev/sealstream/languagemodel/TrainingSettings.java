package dev.sealstream.languagemodel;

/**
 * How adapters are trained: AdamW (Loshchilov and Hutter 2019) without warm-up.
 *
 * @param epochs passes over the sequences
 * @param batchSize sequences of one step; 0 takes all of a task in one step
 * @param learningRate before decay
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param weightDecay decoupled, times the learning rate
 * @param lossMean what the loss of a batch averages over
 */
public record TrainingSettings(
        int epochs,
        int batchSize,
        double learningRate,
        LearningRateDecay decay,
        double beta1,
        double beta2,
        double weightDecay,
        LossMean lossMean) {
    public TrainingSettings {
        if (epochs < 1 || batchSize < 0) {
            throw new IllegalArgumentException("epochs is " + epochs + " and batchSize " + batchSize
                    + "; at least one epoch, and a batch size that is positive or 0 for all");
        }
        if (!(learningRate >= 0) || !(weightDecay >= 0)) {
            throw new IllegalArgumentException("learningRate is " + learningRate + " and weightDecay " + weightDecay
                    + "; they must not be negative");
        }
        if (!(beta1 >= 0 && beta1 < 1) || !(beta2 >= 0 && beta2 < 1)) {
            throw new IllegalArgumentException(
                    "beta1 is " + beta1 + " and beta2 " + beta2 + "; they must be at least 0 and below 1");
        }
    }

    /** Whether both share one optimizer: everything else may differ among adapters that are trained together. */
    boolean hasOptimizerOf(TrainingSettings other) {
        return beta1 == other.beta1 && beta2 == other.beta2 && weightDecay == other.weightDecay;
    }

    /** Steps that a task of so many sequences takes. */
    public int steps(int sequences) {
        return epochs * (batchSize == 0 ? 1 : (sequences + batchSize - 1) / batchSize);
    }
}
