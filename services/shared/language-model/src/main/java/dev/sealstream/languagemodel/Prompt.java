package dev.sealstream.languagemodel;

/**
 * What to continue, with which adapter.
 *
 * @param tokens at least one; not copied
 * @param seed of the random numbers of this prompt alone: its draws do not depend on what else is in the batch
 * @param adapter index into the adapters of the call, or {@link #NO_ADAPTER}
 */
public record Prompt(int[] tokens, long seed, int adapter) {
    /** The base model as it is. */
    public static final int NO_ADAPTER = -1;

    public Prompt {
        if (tokens.length == 0) {
            throw new IllegalArgumentException(
                    "a prompt has no tokens; start it with at least a beginning-of-text token");
        }
        if (adapter < NO_ADAPTER) {
            throw new IllegalArgumentException("adapter is " + adapter + "; give an index or NO_ADAPTER (-1)");
        }
    }
}
