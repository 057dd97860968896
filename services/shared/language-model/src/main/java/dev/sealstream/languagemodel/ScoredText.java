package dev.sealstream.languagemodel;

/**
 * A completion whose probability is asked for.
 *
 * @param prompt tokens before it, at least one; not copied
 * @param completion its tokens, at least one; not copied
 * @param adapter index into the adapters of the call, {@link Prompt#NO_ADAPTER}, or {@link Prompt#BY_TOPIC} by the prompt
 */
public record ScoredText(int[] prompt, int[] completion, int adapter) {
    public ScoredText {
        if (prompt.length == 0 || completion.length == 0) {
            throw new IllegalArgumentException("a text to score has " + prompt.length + " tokens of prompt and "
                    + completion.length + " of completion; give at least one of each");
        }
        if (adapter < Prompt.BY_TOPIC) {
            throw new IllegalArgumentException(
                    "adapter is " + adapter + "; give an index, NO_ADAPTER (-1) or BY_TOPIC (-2)");
        }
    }

    ScoredText withAdapter(int otherAdapter) {
        return new ScoredText(prompt, completion, otherAdapter);
    }

    int length() {
        return prompt.length + completion.length;
    }

    int[] tokens() {
        int[] tokens = java.util.Arrays.copyOf(prompt, length());
        System.arraycopy(completion, 0, tokens, prompt.length, completion.length);
        return tokens;
    }
}
