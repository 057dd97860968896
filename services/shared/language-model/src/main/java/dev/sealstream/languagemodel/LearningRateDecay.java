package dev.sealstream.languagemodel;

/** How the learning rate falls during training. */
public enum LearningRateDecay {
    /** It does not. */
    NONE {
        @Override
        double factor(int step, int steps) {
            return 1;
        }
    },
    /** In equal parts from the first step to 0 after the last. */
    LINEAR {
        @Override
        double factor(int step, int steps) {
            return 1 - (double) step / steps;
        }
    };

    /** Factor of the learning rate at a step, counted from 0. */
    abstract double factor(int step, int steps);
}
