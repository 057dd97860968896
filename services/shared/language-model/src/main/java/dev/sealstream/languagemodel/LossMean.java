package dev.sealstream.languagemodel;

/** What the loss of a batch averages over. */
public enum LossMean {
    /** All learnt tokens of the batch alike, so that a long sequence counts for more. */
    TOKENS,
    /** Sequences alike, each by the mean over its own tokens. */
    SEQUENCES
}
