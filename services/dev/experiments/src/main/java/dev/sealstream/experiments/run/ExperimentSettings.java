package dev.sealstream.experiments.run;

/** Settings of any experiment. Their text is part of a run's identity, so they are records. */
public interface ExperimentSettings {
    /** Decides which documents are drawn. */
    long seed();
}
