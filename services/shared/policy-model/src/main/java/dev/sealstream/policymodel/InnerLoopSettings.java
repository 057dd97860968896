package dev.sealstream.policymodel;

import dev.sealstream.domain.UpdateKind;
import dev.sealstream.languagemodel.LoraSettings;
import dev.sealstream.languagemodel.TrainingSettings;

/**
 * How an adapter learns a self-edit: θ' = SFT(θ, edit).
 *
 * @param repeats adapters trained for each self-edit with different initialisation; more repeats, less reward noise
 * @param paddedTokens length that every sequence is filled up to, with padding that is learnt like text; 0 for none. SEAL's
 *     code does so with 2,048.
 * @param forgetting what updates that are to be learnt for good do against it
 */
public record InnerLoopSettings(
        LoraSettings lora, TrainingSettings training, int repeats, int paddedTokens, ForgettingSettings forgetting) {
    /** SEAL's continued pre-training on many passages: fewer passes, larger steps. */
    private static final int PRETRAINING_EPOCHS = 3;

    private static final int PRETRAINING_BATCH = 4;

    public InnerLoopSettings {
        if (repeats < 1) {
            throw new IllegalArgumentException("repeats is " + repeats + "; allowed: 1 or more");
        }
        if (paddedTokens < 0) {
            throw new IllegalArgumentException("paddedTokens is " + paddedTokens + "; allowed: 0 (no padding) or more");
        }
    }

    /** Without padding. */
    public InnerLoopSettings(LoraSettings lora, TrainingSettings training, int repeats) {
        this(lora, training, repeats, 0);
    }

    /** Plain merging. */
    public InnerLoopSettings(LoraSettings lora, TrainingSettings training, int repeats, int paddedTokens) {
        this(lora, training, repeats, paddedTokens, ForgettingSettings.NONE);
    }

    /** Optimizer, rate and decay are the same for both kinds. */
    TrainingSettings training(UpdateKind kind) {
        return switch (kind) {
            case SINGLE_PASSAGE -> training;
            case CONTINUED_PRETRAINING ->
                new TrainingSettings(
                        PRETRAINING_EPOCHS,
                        PRETRAINING_BATCH,
                        training.learningRate(),
                        training.decay(),
                        training.beta1(),
                        training.beta2(),
                        training.weightDecay(),
                        training.lossMean());
        };
    }
}
