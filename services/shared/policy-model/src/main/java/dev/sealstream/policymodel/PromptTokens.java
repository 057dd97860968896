package dev.sealstream.policymodel;

import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.Tokenizer;
import dev.sealstream.languagemodel.TrainingSequence;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Texts as the model reads them: begin-of-sequence first where the model has one, end-of-sequence after what it learns. */
final class PromptTokens {
    private final Tokenizer tokenizer;
    private final int window;

    PromptTokens(LanguageModel model) {
        this.tokenizer = model.tokenizer();
        this.window = model.config().maxPositions();
    }

    int[] prompt(String text) {
        return begun(tokenizer.encode(text));
    }

    /** Loss on every token. */
    TrainingSequence sequence(String text) {
        return new TrainingSequence(ended(prompt(text)), 0);
    }

    /** Filled up to so many tokens, or the model's window, with its end of sequence; loss on the filling too. */
    TrainingSequence padded(TrainingSequence sequence, int tokens) {
        return sequence.padded(Math.min(tokens, window), Math.max(0, tokenizer.eosId()));
    }

    /** Loss on the completion and its end only. */
    TrainingSequence example(String prompt, int[] completion) {
        int[] start = prompt(prompt);
        int[] whole = Arrays.copyOf(start, start.length + completion.length);
        System.arraycopy(completion, 0, whole, start.length, completion.length);
        return new TrainingSequence(ended(whole), start.length);
    }

    int[] encode(String text) {
        return tokenizer.encode(text);
    }

    String decode(int[] tokens) {
        return tokenizer.decode(tokens);
    }

    /** A set of its own for the caller to change. */
    Set<Integer> endOfSequence() {
        return new HashSet<>(tokenizer.eosIds());
    }

    /** Where an answer ends: only its first line counts. */
    Set<Integer> endOfLine() {
        var stop = endOfSequence();
        int[] newline = tokenizer.encode("\n");
        if (newline.length == 1) {
            stop.add(newline[0]);
        }
        return stop;
    }

    /** Why these sequences cannot be trained on, or null. */
    String tooLong(List<String> sequences) {
        for (int i = 0; i < sequences.size(); i++) {
            int tokens = sequence(sequences.get(i)).tokens().length;
            if (tokens > window) {
                return "training sequence " + (i + 1) + " of " + sequences.size() + " has " + tokens
                        + " tokens, the model's window holds " + window;
            }
        }
        return null;
    }

    private int[] begun(int[] tokens) {
        boolean hasBegun = tokens.length > 0 && tokens[0] == tokenizer.bosId();
        // A chat template may have written it already.
        if (tokenizer.bosId() < 0 || hasBegun) {
            return tokens;
        }
        int[] begun = new int[tokens.length + 1];
        begun[0] = tokenizer.bosId();
        System.arraycopy(tokens, 0, begun, 1, tokens.length);
        return begun;
    }

    private int[] ended(int[] tokens) {
        if (tokenizer.eosId() < 0) {
            return tokens;
        }
        int[] ended = Arrays.copyOf(tokens, tokens.length + 1);
        ended[tokens.length] = tokenizer.eosId();
        return ended;
    }
}
