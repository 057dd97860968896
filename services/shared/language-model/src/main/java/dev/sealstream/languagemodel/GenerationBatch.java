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
 * Rows that one native call works off: a queue and its slots for each adapter, as {@code generation.py} takes them.
 *
 * <p>Prompts with the same tokens and the same adapter are read once. Each adapter has equally many distinct prompts and
 * slots, because one batched product applies all adapters; a prompt of one token fills up where it has fewer.
 */
final class GenerationBatch {
    /** On a GPU, looking at which rows ended waits for the device; a row that ended idles until then. */
    private static final int GPU_LOOK_EVERY_TOKENS = 16;

    private static final int[] FILLER = {0};
    private static final int NO_STOP = -1;

    private final List<Request> requests;
    private final List<LoraAdapter> adapterOfGroup = new ArrayList<>();
    private final List<Integer> order = new ArrayList<>();
    private final List<Long> rowsOfGroup = new ArrayList<>();
    private final List<List<int[]>> promptsOfGroup = new ArrayList<>();
    private final List<Integer> promptOfRow = new ArrayList<>();
    private final int promptsPerGroup;
    /** Tokens that each row may have: what is asked for, and what the model holds after the prompt. */
    private final long[] limits;

    /** A prompt with how it is continued. */
    record Request(Prompt prompt, Sampling sampling) {}

    /** @param indices which of {@code requests} belong to this batch */
    GenerationBatch(List<Request> requests, List<Integer> indices, List<LoraAdapter> adapters, ModelConfig config) {
        this.requests = requests;
        Map<Integer, List<Integer>> byAdapter = new LinkedHashMap<>();
        indices.forEach(index -> byAdapter
                .computeIfAbsent(requests.get(index).prompt().adapter(), adapter -> new ArrayList<>())
                .add(index));
        byAdapter.forEach(
                (adapter, members) -> addGroup(members, adapter == Prompt.NO_ADAPTER ? null : adapters.get(adapter)));
        promptsPerGroup = promptsOfGroup.stream().mapToInt(List::size).max().orElseThrow();
        limits = order.stream()
                .map(requests::get)
                .mapToLong(request -> Math.min(
                        request.sampling().maxTokens(),
                        config.maxPositions() - request.prompt().tokens().length))
                .toArray();
    }

    private void addGroup(List<Integer> members, LoraAdapter adapter) {
        Map<List<Integer>, Integer> placeOf = new LinkedHashMap<>();
        List<int[]> distinct = new ArrayList<>();
        for (int index : members) {
            int[] tokens = requests.get(index).prompt().tokens();
            promptOfRow.add(
                    placeOf.computeIfAbsent(Arrays.stream(tokens).boxed().toList(), key -> {
                        distinct.add(tokens);
                        return distinct.size() - 1;
                    }));
        }
        adapterOfGroup.add(adapter);
        promptsOfGroup.add(distinct);
        rowsOfGroup.add((long) members.size());
        order.addAll(members);
    }

    /**
     * Generates, and stores each completion at its prompt's index.
     *
     * @param slotsMax rows that are in work at the same time, at least one for each adapter
     */
    void run(NDManager parent, DecoderWeights weights, int slotsMax, Completion[] completions) {
        int longestGroup = rowsOfGroup.stream().mapToInt(Long::intValue).max().orElseThrow();
        int slots = Math.min(longestGroup, Math.max(1, slotsMax / rowsOfGroup.size()));
        try (NDManager manager = parent.newSubManager()) {
            boolean adapted = adapterOfGroup.stream().anyMatch(adapter -> adapter != null);
            int[][] prompts = prompts();
            NDList result = DecoderScript.call(
                    manager,
                    "generate",
                    weights.tensors(),
                    adapted ? AdapterStack.of(manager, weights.config(), adapterOfGroup) : List.of(),
                    weights.config().shape(),
                    weights.config().normEpsilon(),
                    ids(manager, prompts),
                    Arrays.stream(prompts).mapToLong(tokens -> tokens.length).toArray(),
                    manager.create(promptOfRows()),
                    rowsOfGroup.stream().mapToLong(Long::longValue).toArray(),
                    order.stream()
                            .mapToLong(index -> requests.get(index).prompt().tokens().length)
                            .toArray(),
                    slots,
                    parent.getDevice().isGpu() ? GPU_LOOK_EVERY_TOKENS : 1,
                    uniforms(manager),
                    manager.create(
                            samplings().mapToDouble(Sampling::temperature).toArray()),
                    manager.create(samplings().mapToDouble(Sampling::topP).toArray()),
                    manager.create(limits),
                    stops(manager),
                    samplings().anyMatch(sampling -> sampling.temperature() > 0),
                    samplings().anyMatch(sampling -> sampling.temperature() > 0 && sampling.topP() < 1));
            long[] tokens = result.get(0).toLongArray(); // (R, N)
            float[] logProbabilities = result.get(1).toFloatArray(); // (R, N)
            for (int row = 0; row < order.size(); row++) {
                completions[order.get(row)] = completion(row, tokens, logProbabilities);
            }
        }
    }

    private java.util.stream.Stream<Sampling> samplings() {
        return order.stream().map(index -> requests.get(index).sampling());
    }

    private Completion completion(int row, long[] tokens, float[] logProbabilities) {
        Sampling sampling = requests.get(order.get(row)).sampling();
        int start = row * (tokens.length / order.size());
        int limit = (int) limits[row];
        int length = 0;
        while (length < limit && !sampling.stopTokens().contains((int) tokens[start + length])) {
            length++;
        }
        int[] own = new int[length];
        for (int i = 0; i < length; i++) {
            own[i] = (int) tokens[start + i];
        }
        return new Completion(
                own,
                Arrays.copyOfRange(logProbabilities, start, start + length),
                length < limit ? StopReason.STOP_TOKEN : StopReason.MAX_TOKENS);
    }

    /** Distinct prompts, group by group, filled up to equally many. */
    private int[][] prompts() {
        int[][] prompts = new int[promptsOfGroup.size() * promptsPerGroup][];
        Arrays.fill(prompts, FILLER);
        for (int g = 0; g < promptsOfGroup.size(); g++) {
            for (int p = 0; p < promptsOfGroup.get(g).size(); p++) {
                prompts[g * promptsPerGroup + p] = promptsOfGroup.get(g).get(p);
            }
        }
        return prompts;
    }

    private long[] promptOfRows() {
        long[] result = new long[order.size()];
        int row = 0;
        for (int g = 0; g < rowsOfGroup.size(); g++) {
            for (int i = 0; i < rowsOfGroup.get(g); i++, row++) {
                result[row] = (long) g * promptsPerGroup + promptOfRow.get(row);
            }
        }
        return result;
    }

    /** Token ids (P, T), filled up on the right. */
    private static NDArray ids(NDManager manager, int[][] prompts) {
        int longest =
                Arrays.stream(prompts).mapToInt(tokens -> tokens.length).max().orElseThrow();
        long[] ids = new long[prompts.length * longest];
        for (int p = 0; p < prompts.length; p++) {
            for (int i = 0; i < prompts[p].length; i++) {
                ids[p * longest + i] = prompts[p][i];
            }
        }
        return manager.create(ids, new Shape(prompts.length, longest));
    }

    /** Random numbers (R, N): those of a row come from its prompt's seed alone. */
    private NDArray uniforms(NDManager manager) {
        int tokens = (int) Arrays.stream(limits).max().orElseThrow();
        double[] uniforms = new double[order.size() * tokens];
        for (int row = 0; row < order.size(); row++) {
            SplittableRandom random =
                    new SplittableRandom(requests.get(order.get(row)).prompt().seed());
            for (int i = 0; i < tokens; i++) {
                uniforms[row * tokens + i] = random.nextDouble();
            }
        }
        return manager.create(uniforms, new Shape(order.size(), tokens));
    }

    /** Stop tokens (R, S), {@link #NO_STOP} where a row has fewer. */
    private NDArray stops(NDManager manager) {
        int most = Math.max(
                1, samplings().mapToInt(s -> s.stopTokens().size()).max().orElseThrow());
        long[] stops = new long[order.size() * most];
        Arrays.fill(stops, NO_STOP);
        for (int row = 0; row < order.size(); row++) {
            int at = row * most;
            for (int stop : requests.get(order.get(row)).sampling().stopTokens()) {
                stops[at++] = stop;
            }
        }
        return manager.create(stops, new Shape(order.size(), most));
    }
}
