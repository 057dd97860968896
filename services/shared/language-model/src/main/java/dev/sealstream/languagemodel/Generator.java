package dev.sealstream.languagemodel;

import ai.djl.ndarray.NDManager;
import dev.sealstream.languagemodel.GenerationBatch.Request;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Hands prompts to native code in as few calls as memory allows, those of one adapter together. */
final class Generator {
    /** More rows at the same time no longer raise throughput. */
    private static final int CPU_SLOTS_MAX = 128;

    private static final int GPU_SLOTS_MAX = 512;

    private final NDManager manager;
    private final DecoderWeights weights;
    private final Precision precision;
    private final long budgetBytes;

    /** @param budgetBytes what keys and values of prompts and rows may take */
    Generator(NDManager manager, DecoderWeights weights, Precision precision, long budgetBytes) {
        this.manager = manager;
        this.weights = weights;
        this.precision = precision;
        this.budgetBytes = budgetBytes;
    }

    List<Completion> generate(List<Request> requests, List<LoraAdapter> adapters) {
        adapters.forEach(adapter -> AdapterStack.check(weights.config(), adapter));
        requests.forEach(request -> check(weights.config(), request.prompt(), adapters.size()));
        Completion[] completions = new Completion[requests.size()];
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingInt(i -> requests.get(i).prompt().adapter()));
        int slots = manager.getDevice().isGpu() ? GPU_SLOTS_MAX : CPU_SLOTS_MAX;
        List<Integer> batch = new ArrayList<>();
        Size size = new Size();
        for (int index : order) {
            if (!batch.isEmpty() && !size.admits(requests.get(index), slots)) {
                run(requests, batch, adapters, slots, size, completions);
                batch.clear();
                size = new Size();
            }
            batch.add(index);
            size.add(requests.get(index));
        }
        if (!batch.isEmpty()) {
            run(requests, batch, adapters, slots, size, completions);
        }
        return Arrays.asList(completions);
    }

    private void run(
            List<Request> requests,
            List<Integer> batch,
            List<LoraAdapter> adapters,
            int slots,
            Size size,
            Completion[] completions) {
        int fitting = size.slots(slots);
        if (fitting < size.adapters()) {
            throw new InsufficientMemoryException("continuing a prompt of " + size.longestPrompt + " tokens by "
                    + size.longestCompletion + " needs about " + TrainingMemory.mebibytes(size.bytes())
                    + " MiB, " + TrainingMemory.mebibytes(budgetBytes)
                    + " MiB may be used; ask for fewer tokens, load the model in bfloat16 or give the process more"
                    + " memory");
        }
        try {
            new GenerationBatch(requests, batch, adapters, weights.config())
                    .run(manager, weights, fitting, completions);
        } catch (RuntimeException e) {
            if (InsufficientMemoryException.isCauseOf(e)) {
                throw new InsufficientMemoryException(
                        "continuing " + batch.size() + " prompts in " + fitting
                                + " slots needed more than the estimated "
                                + TrainingMemory.mebibytes(size.bytes()) + " MiB; lower the work memory, now "
                                + TrainingMemory.mebibytes(budgetBytes) + " MiB, so that fewer work at once",
                        e);
            }
            throw e;
        }
    }

    /** What a batch takes while it grows. */
    private final class Size {
        /** Copies of a row's logits that exist while a token is drawn, in float32. */
        private static final int LOGIT_BYTES = 6 * 4;

        private final Set<Integer> adapters = new HashSet<>();
        private final Set<List<Integer>> prompts = new HashSet<>();
        private int rows;
        private int longestPrompt;
        private int longestCompletion;

        boolean admits(Request request, int slots) {
            Prompt prompt = request.prompt();
            long bytes = bytes(
                    prompts.size() + 1,
                    Math.min(slots, rows + 1),
                    Math.max(longestPrompt, prompt.tokens().length),
                    Math.max(longestCompletion, request.sampling().maxTokens()));
            return bytes <= budgetBytes && (adapters.contains(prompt.adapter()) || adapters.size() < slots);
        }

        void add(Request request) {
            int[] tokens = request.prompt().tokens();
            List<Integer> key = new ArrayList<>(Arrays.stream(tokens).boxed().toList());
            key.add(request.prompt().adapter());
            prompts.add(key);
            adapters.add(request.prompt().adapter());
            rows++;
            longestPrompt = Math.max(longestPrompt, tokens.length);
            longestCompletion = Math.max(longestCompletion, request.sampling().maxTokens());
        }

        int adapters() {
            return adapters.size();
        }

        /** As many slots as fit, at most so many. */
        int slots(int most) {
            long left = budgetBytes - bytes(prompts.size(), 0, longestPrompt, longestCompletion);
            return (int) Math.min(most, left / bytes(0, 1, longestPrompt, longestCompletion));
        }

        /** The least that the batch takes. */
        long bytes() {
            return bytes(prompts.size(), adapters.size(), longestPrompt, longestCompletion);
        }

        private long bytes(int distinctPrompts, int slots, int prompt, int completion) {
            ModelConfig config = weights.config();
            long column = 2L * config.layers() * config.keyValueHeads() * config.headDimension() * precision.bytes();
            long logits = (long) LOGIT_BYTES * config.vocabularySize();
            return column * ((long) distinctPrompts * prompt + slots * ((long) prompt + completion)) + slots * logits;
        }
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
