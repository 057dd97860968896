package dev.sealstream.languagemodel;

import ai.djl.ndarray.NDManager;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Log-probabilities of given completions: one forward pass for the texts of each adapter. */
final class TextScorer {
    /** Tokens of one forward pass; more no longer raise throughput on a CPU, and a GPU spends little on these passes. */
    private static final int TOKENS_MAX = 4096;

    private final NDManager parent;
    private final DecoderWeights weights;

    TextScorer(NDManager parent, DecoderWeights weights) {
        this.parent = parent;
        this.weights = weights;
    }

    List<float[]> score(List<ScoredText> texts, List<LoraAdapter> adapters) {
        adapters.forEach(adapter -> AdapterStack.check(weights.config(), adapter));
        texts.forEach(text -> check(text, adapters.size()));
        float[][] scores = new float[texts.size()][];
        Map<Integer, List<Integer>> byAdapter = new TreeMap<>();
        for (int i = 0; i < texts.size(); i++) {
            byAdapter
                    .computeIfAbsent(texts.get(i).adapter(), adapter -> new ArrayList<>())
                    .add(i);
        }
        byAdapter.forEach((adapter, indices) -> {
            List<LoraAdapter> own = adapter == Prompt.NO_ADAPTER ? List.of() : List.of(adapters.get(adapter));
            for (List<Integer> chunk : chunks(texts, indices)) {
                score(texts, chunk, own, scores);
            }
        });
        return Arrays.asList(scores);
    }

    private static List<List<Integer>> chunks(List<ScoredText> texts, List<Integer> indices) {
        List<List<Integer>> chunks = new ArrayList<>();
        int tokens = 0;
        for (int index : indices) {
            tokens += texts.get(index).length();
            if (chunks.isEmpty() || tokens > TOKENS_MAX) {
                chunks.add(new ArrayList<>());
                tokens = texts.get(index).length();
            }
            chunks.get(chunks.size() - 1).add(index);
        }
        return chunks;
    }

    private void score(List<ScoredText> texts, List<Integer> chunk, List<LoraAdapter> adapters, float[][] scores) {
        List<PackedRow.Target> targets = new ArrayList<>();
        for (int index : chunk) {
            int[] tokens = texts.get(index).tokens();
            float[] counted = new float[tokens.length];
            Arrays.fill(counted, texts.get(index).prompt().length, tokens.length, 1);
            targets.add(new PackedRow.Target(tokens, counted, counted, index));
        }
        int longest = targets.stream()
                .mapToInt(target -> target.tokens().length)
                .max()
                .orElseThrow();
        List<PackedRow> rows = PackedRow.pack(targets, longest);
        float[] found = call(rows, adapters);
        int next = 0;
        for (PackedRow row : rows) {
            for (PackedRow.Target target : row.sequences()) {
                scores[target.group()] = Arrays.copyOfRange(found, next, next + target.predictions());
                next += target.predictions();
            }
        }
    }

    /** Log-probabilities row by row, sequence by sequence. */
    private float[] call(List<PackedRow> rows, List<LoraAdapter> adapters) {
        try (NDManager manager = parent.newSubManager()) {
            PackedBatch batch = PackedBatch.of(manager, rows);
            float[] scores = DecoderScript.call(
                            manager,
                            "scores",
                            weights.tensors(),
                            adapters.isEmpty() ? List.of() : AdapterStack.of(manager, weights.config(), adapters),
                            weights.config().shape(),
                            weights.config().normEpsilon(),
                            batch.rows(),
                            batch.targets())
                    .get(0)
                    .toFloatArray(); // (2, N)
            return Arrays.copyOf(scores, scores.length / 2);
        } catch (RuntimeException e) {
            if (InsufficientMemoryException.isCauseOf(e)) {
                throw new InsufficientMemoryException(
                        "scoring texts in " + rows.size()
                                + " rows needed more memory than there is; give the process more memory or load the model"
                                + " in bfloat16",
                        e);
            }
            throw e;
        }
    }

    private void check(ScoredText text, int adapters) {
        if (text.adapter() >= adapters) {
            throw new IllegalArgumentException(
                    "a text asks for adapter " + text.adapter() + ", the call has " + adapters + " adapters");
        }
        int window = weights.config().maxPositions();
        if (text.length() > window) {
            throw new IllegalArgumentException("a text to score has " + text.length()
                    + " tokens, the model holds at most " + window + "; shorten it");
        }
        TokenIds.check(weights.config(), "a text to score", text.tokens());
    }
}
