package dev.sealstream.languagemodel;

/** Is told how many tokens a model writes and learns; a service turns it into a rate. Must be quick and thread-safe. */
public interface TokenMeter {
    /** Counts nothing. */
    TokenMeter NONE = new TokenMeter() {};

    /** Tokens of completions, prompts not counted. */
    default void generated(long tokens) {}

    /** Tokens that adapters were trained on, each as often as it was read. */
    default void trained(long tokens) {}
}
