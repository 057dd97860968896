package dev.sealstream.languagemodel;

/**
 * What to continue, with which adapter.
 *
 * @param tokens at least one; not copied
 * @param seed of the random numbers of this prompt alone: its draws do not depend on what else is in the batch
 * @param adapter index into the adapters of the call, {@link #NO_ADAPTER}, or {@link #BY_TOPIC}
 */
public record Prompt(int[] tokens, long seed, int adapter) {
    /** The base model as it is. */
    public static final int NO_ADAPTER = -1;

    /** Of the adapters kept beside the weights the one whose topic the prompt names, if there is one. */
    public static final int BY_TOPIC = -2;

    public Prompt {
        if (tokens.length == 0) {
            throw new IllegalArgumentException(
                    "a prompt has no tokens; start it with at least a beginning-of-text token");
        }
        if (adapter < BY_TOPIC) {
            throw new IllegalArgumentException(
                    "adapter is " + adapter + "; give an index, NO_ADAPTER (-1) or BY_TOPIC (-2)");
        }
    }

    Prompt withAdapter(int otherAdapter) {
        return new Prompt(tokens, seed, otherAdapter);
    }
}
