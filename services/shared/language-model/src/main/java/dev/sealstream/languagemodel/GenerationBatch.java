package dev.sealstream.languagemodel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Prompts that are continued together in one native call.
 *
 * <p>Rows are grouped by adapter, equally many for each, because one batched product applies all adapters; where groups
 * differ in size, a short prompt fills up the smaller ones and its completion is dropped. Prompts with the same tokens and
 * the same adapter are read once and share what was read.
 */
final class GenerationBatch {
    private static final int[] FILLER = {0};

    /** Prompts by their index in the caller's list, grouped by adapter. */
    private final List<List<Integer>> groups = new ArrayList<>();

    private final List<LoraAdapter> adapterOfGroup = new ArrayList<>();
    private final List<Prompt> prompts;
    private final int maxTokens;

    /**
     * Groups prompts.
     *
     * @param indices which of {@code prompts} belong to this batch
     * @param maxTokens of each completion
     */
    GenerationBatch(List<Prompt> prompts, List<Integer> indices, List<LoraAdapter> adapters, int maxTokens) {
        this.prompts = prompts;
        this.maxTokens = maxTokens;
        Map<Integer, List<Integer>> byAdapter = new LinkedHashMap<>();
        indices.forEach(index -> byAdapter
                .computeIfAbsent(prompts.get(index).adapter(), adapter -> new ArrayList<>())
                .add(index));
        byAdapter.forEach((adapter, members) -> {
            groups.add(members);
            adapterOfGroup.add(adapter == Prompt.NO_ADAPTER ? null : adapters.get(adapter));
        });
    }

    /** Generates, and stores each completion at its prompt's index. */
    void run(NDManager parent, DecoderWeights weights, Sampling sampling, Completion[] completions) {
        try (NDManager manager = parent.newSubManager()) {
            int rowsPerGroup = groups.stream().mapToInt(List::size).max().orElseThrow();
            Reading reading = new Reading(rowsPerGroup);
            boolean adapted = adapterOfGroup.stream().anyMatch(adapter -> adapter != null);
            NDList result = DecoderScript.call(
                    manager,
                    "generate",
                    weights.tensors(),
                    adapted ? AdapterStack.of(manager, weights.config(), adapterOfGroup) : List.of(),
                    weights.shape(),
                    weights.config().normEpsilon(),
                    reading.ids(manager),
                    reading.lengths(manager),
                    manager.create(reading.readingOfRow),
                    uniforms(manager, rowsPerGroup),
                    sampling.temperature(),
                    sampling.topP(),
                    manager.create(sampling.stopTokens().stream()
                            .mapToLong(Integer::longValue)
                            .sorted()
                            .toArray()));
            long[] tokens = result.get(0).toLongArray(); // (B, N)
            float[] logProbabilities = result.get(1).toFloatArray(); // (B, N)
            for (int g = 0; g < groups.size(); g++) {
                for (int i = 0; i < groups.get(g).size(); i++) {
                    int row = g * rowsPerGroup + i;
                    completions[groups.get(g).get(i)] = completion(tokens, logProbabilities, row * maxTokens, sampling);
                }
            }
        }
    }

    private Completion completion(long[] tokens, float[] logProbabilities, int start, Sampling sampling) {
        int length = 0;
        while (length < maxTokens && !sampling.stopTokens().contains((int) tokens[start + length])) {
            length++;
        }
        int[] own = new int[length];
        for (int i = 0; i < length; i++) {
            own[i] = (int) tokens[start + i];
        }
        return new Completion(
                own,
                Arrays.copyOfRange(logProbabilities, start, start + length),
                length < maxTokens ? StopReason.STOP_TOKEN : StopReason.MAX_TOKENS);
    }

    /** Random numbers (B, N): those of a row come from its prompt's seed alone. */
    private NDArray uniforms(NDManager manager, int rowsPerGroup) {
        double[] uniforms = new double[groups.size() * rowsPerGroup * maxTokens];
        for (int g = 0; g < groups.size(); g++) {
            for (int i = 0; i < groups.get(g).size(); i++) {
                SplittableRandom random =
                        new SplittableRandom(prompts.get(groups.get(g).get(i)).seed());
                int start = (g * rowsPerGroup + i) * maxTokens;
                for (int n = 0; n < maxTokens; n++) {
                    uniforms[start + n] = random.nextDouble();
                }
            }
        }
        return manager.create(uniforms, new Shape(groups.size() * (long) rowsPerGroup, maxTokens));
    }

    /** The distinct prompts of each group, equally many for each, and which row continues which of them. */
    private final class Reading {
        private final List<List<int[]>> distinct = new ArrayList<>();
        private final long[] readingOfRow;
        private final int perGroup;

        Reading(int rowsPerGroup) {
            List<List<Integer>> places = new ArrayList<>();
            for (List<Integer> group : groups) {
                Map<List<Integer>, Integer> placeOf = new LinkedHashMap<>();
                List<int[]> own = new ArrayList<>();
                List<Integer> ownPlaces = new ArrayList<>();
                for (int index : group) {
                    int[] tokens = prompts.get(index).tokens();
                    ownPlaces.add(placeOf.computeIfAbsent(
                            Arrays.stream(tokens).boxed().toList(), key -> {
                                own.add(tokens);
                                return own.size() - 1;
                            }));
                }
                distinct.add(own);
                places.add(ownPlaces);
            }
            perGroup = distinct.stream().mapToInt(List::size).max().orElseThrow();
            readingOfRow = new long[groups.size() * rowsPerGroup];
            for (int g = 0; g < groups.size(); g++) {
                for (int i = 0; i < rowsPerGroup; i++) {
                    boolean filler = i >= places.get(g).size();
                    readingOfRow[g * rowsPerGroup + i] =
                            g * (long) perGroup + (filler ? 0 : places.get(g).get(i));
                }
            }
        }

        private int[] tokens(int row) {
            List<int[]> group = distinct.get(row / perGroup);
            return row % perGroup < group.size() ? group.get(row % perGroup) : FILLER;
        }

        private int rows() {
            return distinct.size() * perGroup;
        }

        /** Token ids (P, T), padded on the left. */
        NDArray ids(NDManager manager) {
            int longest = 0;
            for (int row = 0; row < rows(); row++) {
                longest = Math.max(longest, tokens(row).length);
            }
            long[] ids = new long[rows() * longest];
            for (int row = 0; row < rows(); row++) {
                int[] tokens = tokens(row);
                for (int i = 0; i < tokens.length; i++) {
                    ids[row * longest + longest - tokens.length + i] = tokens[i];
                }
            }
            return manager.create(ids, new Shape(rows(), longest));
        }

        NDArray lengths(NDManager manager) {
            long[] lengths = new long[rows()];
            Arrays.setAll(lengths, row -> tokens(row).length);
            return manager.create(lengths);
        }
    }
}
