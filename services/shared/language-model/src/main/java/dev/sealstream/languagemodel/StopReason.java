package dev.sealstream.languagemodel;

/** Why a completion ended. */
public enum StopReason {
    /** The model drew a stop token. */
    STOP_TOKEN,
    /** The limit on tokens was reached, or the longest sequence the model can hold. */
    MAX_TOKENS
}
