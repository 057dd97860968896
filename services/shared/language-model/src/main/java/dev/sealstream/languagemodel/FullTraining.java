package dev.sealstream.languagemodel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Trains all weights of a model, from any start: how the small model that ships was made.
 *
 * <p>The layers' matrices are trained by Muon (Jordan et al. 2024), the rest by Adam (Kingma and Ba 2015). Weights and
 * both optimizers' states are float32. One step is one call into native code. Not thread-safe.
 */
public final class FullTraining implements AutoCloseable {
    private final ModelConfig config;
    private final FullTrainingSettings settings;
    private final NDManager manager = NDManager.newBaseManager(DecoderScript.ENGINE);
    private final FullWeights weights;
    private final List<NDArray> momenta;
    private final List<NDArray> firstMoments;
    private final List<NDArray> secondMoments;
    private int steps;

    /**
     * Copies the weights to the engine.
     *
     * @param weights row-major values by Hugging Face name; linear weights are (out, in)
     * @throws IllegalArgumentException if a weight is missing or has another size than the config says
     */
    public FullTraining(ModelConfig config, Map<String, float[]> weights, FullTrainingSettings settings) {
        this.config = config;
        this.settings = settings;
        try (NDManager scratch = manager.newSubManager()) {
            WeightSource source = WeightSource.of(weights);
            this.weights = FullWeights.of(manager, DecoderWeights.read(config, scratch, source, Precision.FLOAT32));
        }
        momenta = zerosLike(this.weights.stacks());
        firstMoments = zerosLike(this.weights.others());
        secondMoments = zerosLike(this.weights.others());
    }

    private List<NDArray> zerosLike(List<NDArray> arrays) {
        return arrays.stream().map(array -> manager.zeros(array.getShape())).toList();
    }

    /**
     * Takes one optimizer step down the gradient of Σ batch.weight · (weighted mean loss of the batch).
     *
     * @param learningRateScale multiplies both learning rates, for warm-up and decay
     * @return each batch's weighted mean cross entropy before the step, in nats; 0 for a batch without weighted tokens
     * @throws IllegalArgumentException if no token of any batch has weight
     */
    public float[] step(List<WeightedBatch> batches, double learningRateScale) {
        try (NDManager scratch = manager.newSubManager()) {
            List<PackedBatch> chunks = chunks(scratch, batches);
            steps++;
            double[] rates = rates(learningRateScale);
            return DecoderScript.call(
                            scratch,
                            "full_step",
                            weights.stacks(),
                            weights.others(),
                            weights.frequencies(),
                            momenta,
                            firstMoments,
                            secondMoments,
                            weights.shape(),
                            config.normEpsilon(),
                            settings.bfloat16Products(),
                            chunks.stream().map(PackedBatch::rows).toList(),
                            chunks.stream().map(PackedBatch::targets).toList(),
                            chunks.stream().map(PackedBatch::weights).toList(),
                            batches.size(),
                            rates,
                            steps)
                    .get(0)
                    .toFloatArray();
        }
    }

    /** As {@code full_step} takes them: Muon's three, Adam's two, then Adam's rate for each of {@code others}. */
    private double[] rates(double scale) {
        double adam = settings.adamLearningRate() * scale;
        double embedding = adam * settings.embeddingRateScale();
        double finalNorm = adam * settings.finalNormRateScale();
        return new double[] {
            settings.muonLearningRate() * scale,
            settings.muonMomentum(),
            settings.muonWeightDecay(),
            settings.adamBeta1(),
            settings.adamBeta2(),
            embedding,
            finalNorm,
            adam,
            adam,
            adam,
            adam
        };
    }

    private List<PackedBatch> chunks(NDManager scratch, List<WeightedBatch> batches) {
        List<PackedRow.Target> targets = new ArrayList<>();
        for (int b = 0; b < batches.size(); b++) {
            targets.addAll(targets(batches.get(b), b));
        }
        if (targets.isEmpty()) {
            throw new IllegalArgumentException(
                    "no token of " + batches.size() + " batches has weight; nothing to train on");
        }
        List<PackedBatch> chunks = new ArrayList<>();
        List<PackedRow> rows = new ArrayList<>();
        int longest = 0;
        for (PackedRow row : PackedRow.pack(targets, settings.rowTokens())) {
            longest = Math.max(longest, row.tokens());
            if (!rows.isEmpty() && longest * (rows.size() + 1) > settings.chunkTokens()) {
                chunks.add(PackedBatch.of(scratch, rows));
                rows.clear();
                longest = row.tokens();
            }
            rows.add(row);
        }
        chunks.add(PackedBatch.of(scratch, rows));
        return chunks;
    }

    private static List<PackedRow.Target> targets(WeightedBatch batch, int group) {
        double sum = 0;
        for (WeightedSequence sequence : batch.sequences()) {
            for (int i = 1; i < sequence.weights().length; i++) {
                sum += sequence.weights()[i];
            }
        }
        List<PackedRow.Target> targets = new ArrayList<>();
        for (WeightedSequence sequence : batch.sequences()) {
            float[] share = new float[sequence.tokens().length];
            float[] objective = new float[sequence.tokens().length];
            boolean counts = false;
            for (int i = 1; i < share.length; i++) {
                share[i] = sum == 0 ? 0 : (float) (sequence.weights()[i] / sum);
                objective[i] = (float) (share[i] * batch.weight());
                counts |= share[i] != 0;
            }
            if (counts) {
                targets.add(new PackedRow.Target(sequence.tokens(), objective, share, group));
            }
        }
        return targets;
    }

    /**
     * Scores every token of some sequences, given those before it, without training.
     *
     * @return for each sequence its tokens' scores; the first token of each has none (log-probability 0, not best)
     */
    public List<TokenScores> score(List<int[]> sequences) {
        List<TokenScores> scores = new ArrayList<>();
        for (int[] tokens : sequences) {
            scores.add(score(tokens));
        }
        return scores;
    }

    private TokenScores score(int[] tokens) {
        float[] logProbabilities = new float[tokens.length];
        boolean[] best = new boolean[tokens.length];
        if (tokens.length > 1) {
            float[] ones = new float[tokens.length];
            Arrays.fill(ones, 1);
            try (NDManager scratch = manager.newSubManager()) {
                List<PackedRow> row =
                        PackedRow.pack(List.of(new PackedRow.Target(tokens, ones, ones, 0)), tokens.length);
                PackedBatch batch = PackedBatch.of(scratch, row);
                float[] scores = DecoderScript.call(
                                scratch,
                                "full_scores",
                                weights.stacks(),
                                weights.others(),
                                weights.frequencies(),
                                weights.shape(),
                                config.normEpsilon(),
                                settings.bfloat16Products(),
                                batch.rows(),
                                batch.targets())
                        .get(0)
                        .toFloatArray(); // (2, N)
                int n = tokens.length - 1;
                for (int i = 0; i < n; i++) {
                    logProbabilities[i + 1] = scores[i];
                    best[i + 1] = scores[n + i] == 1;
                }
            }
        }
        return new TokenScores(logProbabilities, best);
    }

    /** Returns a copy of the weights by Hugging Face name, in the order in which they are written to files. */
    public Map<String, float[]> weights() {
        try (NDManager scratch = manager.newSubManager()) {
            DecoderWeights decoder = weights.byLayer(scratch);
            Map<String, float[]> values = new LinkedHashMap<>();
            WeightLayout.of(config).shapes().keySet().forEach(name -> values.put(name, decoder.floats(name)));
            return values;
        }
    }

    /** Optimizer steps taken. */
    public int steps() {
        return steps;
    }

    @Override
    public void close() {
        manager.close();
    }
}
