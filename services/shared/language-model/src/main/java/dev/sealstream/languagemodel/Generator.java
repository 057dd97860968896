package dev.sealstream.languagemodel;

import ai.djl.ndarray.NDManager;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Cuts a list of prompts into batches that fit in memory, alike in adapter and length, and runs them. */
final class Generator {
    /** More rows no longer raise throughput on a CPU, and a batch runs as long as its longest completion. */
    static final int ROWS_MAX = 128;
    /** Bounds the key/value cache: rows times tokens, prompt and completion. */
    static final int CACHE_TOKENS_MAX = 1 << 18;

    private Generator() {}

    static List<Completion> generate(
            NDManager manager,
            DecoderWeights weights,
            List<Prompt> prompts,
            Sampling sampling,
            List<LoraAdapter> adapters) {
        adapters.forEach(adapter -> AdapterStack.check(weights.config(), adapter));
        prompts.forEach(prompt -> check(weights.config(), prompt, adapters.size()));
        Completion[] completions = new Completion[prompts.size()];
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            order.add(i);
        }
        order.sort(Comparator.<Integer>comparingInt(i -> prompts.get(i).adapter())
                .thenComparingInt(i -> prompts.get(i).tokens().length));
        List<Integer> batch = new ArrayList<>();
        int longest = 0;
        for (int index : order) {
            int tokens = prompts.get(index).tokens().length + sampling.maxTokens();
            boolean full =
                    batch.size() == ROWS_MAX || (batch.size() + 1L) * Math.max(longest, tokens) > CACHE_TOKENS_MAX;
            if (!batch.isEmpty() && full) {
                run(manager, weights, prompts, batch, sampling, adapters, completions);
                batch.clear();
                longest = 0;
            }
            batch.add(index);
            longest = Math.max(longest, tokens);
        }
        if (!batch.isEmpty()) {
            run(manager, weights, prompts, batch, sampling, adapters, completions);
        }
        return Arrays.asList(completions);
    }

    private static void run(
            NDManager manager,
            DecoderWeights weights,
            List<Prompt> prompts,
            List<Integer> batch,
            Sampling sampling,
            List<LoraAdapter> adapters,
            Completion[] completions) {
        int longest = batch.stream()
                .mapToInt(index -> prompts.get(index).tokens().length)
                .max()
                .orElseThrow();
        int maxTokens = Math.min(sampling.maxTokens(), weights.config().maxPositions() - longest);
        new GenerationBatch(prompts, batch, adapters, maxTokens).run(manager, weights, sampling, completions);
    }

    private static void check(ModelConfig config, Prompt prompt, int adapters) {
        if (prompt.adapter() >= adapters) {
            throw new IllegalArgumentException(
                    "a prompt asks for adapter " + prompt.adapter() + ", the call has " + adapters + " adapters");
        }
        if (prompt.tokens().length >= config.maxPositions()) {
            throw new IllegalArgumentException("a prompt has " + prompt.tokens().length
                    + " tokens, the model holds at most " + config.maxPositions() + " with the completion; shorten it");
        }
        TokenIds.check(config, "a prompt", prompt.tokens());
    }
}
