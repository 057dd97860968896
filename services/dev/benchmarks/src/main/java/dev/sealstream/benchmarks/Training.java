package dev.sealstream.benchmarks;

import dev.sealstream.languagemodel.LearningRateDecay;
import dev.sealstream.languagemodel.LossMean;
import dev.sealstream.languagemodel.TrainingSettings;

/** SEAL's recipe: learning rate 1e-3 falling to 0, AdamW without weight decay. */
final class Training {
    static final int EPOCHS = 10;
    /** SEAL's own batch. */
    static final int ONE_AT_A_TIME = 1;
    /** All sequences of an edit in one step: ten times fewer, larger steps. */
    static final int WHOLE_EDIT = 0;

    private Training() {}

    static TrainingSettings of(int epochs, int batchSize) {
        return new TrainingSettings(epochs, batchSize, 1e-3, LearningRateDecay.LINEAR, 0.9, 0.999, 0, LossMean.TOKENS);
    }
}
