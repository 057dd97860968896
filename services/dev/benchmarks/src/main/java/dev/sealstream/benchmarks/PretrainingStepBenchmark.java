package dev.sealstream.benchmarks;

import dev.sealstream.benchmarks.checkpoint.CheckpointShape;
import dev.sealstream.benchmarks.checkpoint.Family;
import dev.sealstream.benchmarks.checkpoint.RandomCheckpoint;
import dev.sealstream.benchmarks.checkpoint.StoredType;
import dev.sealstream.languagemodel.FullTraining;
import dev.sealstream.languagemodel.FullTrainingSettings;
import dev.sealstream.languagemodel.ModelConfig;
import dev.sealstream.languagemodel.TrainingSequence;
import dev.sealstream.languagemodel.WeightedBatch;
import dev.sealstream.languagemodel.WeightedSequence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Steps that train all weights, against the machine's fastest matrix products. */
final class PretrainingStepBenchmark implements Benchmark {
    private static final int SEQUENCES = 43;

    /** A model to train. */
    private enum Size {
        TINY("tiny, 1M", new CheckpointShape(Family.LLAMA, 516, 128, 384, 4, 4, 4, 32, 1024, true)),
        TEN("10M", CheckpointShape.LLAMA_10M);

        private final String text;
        private final CheckpointShape shape;

        Size(String text, CheckpointShape shape) {
            this.text = text;
            this.shape = shape;
        }

        ModelConfig config(Path directory) throws IOException {
            Path written = new RandomCheckpoint(shape, StoredType.F32).writeIfMissing(directory.resolve(text));
            return ModelConfig.fromJson(Files.readAllBytes(written.resolve("config.json")));
        }

        Map<String, float[]> weights() {
            SplittableRandom random = new SplittableRandom(1);
            Map<String, float[]> weights = new LinkedHashMap<>();
            shape.shapes().forEach((name, sizes) -> {
                float[] values = new float[Math.toIntExact(Arrays.stream(sizes).reduce(1, Math::multiplyExact))];
                for (int i = 0; i < values.length; i++) {
                    values[i] = sizes.length == 1 ? 1 : (float) (0.02 * random.nextGaussian());
                }
                weights.put(name, values);
            });
            return weights;
        }
    }

    @Override
    public String name() {
        return "pretraining-step";
    }

    @Override
    public String summary() {
        return "a step that trains every weight (Muon, Adam), in % of the fastest matrix product";
    }

    @Override
    public BenchmarkReport run(BenchmarkSettings settings, Progress progress) throws Exception {
        Interleaved arms = new Interleaved();
        Map<String, FullTraining> trainings = new LinkedHashMap<>();
        try (Peak peak = new Peak(settings.threads())) {
            peak.addTo(arms);
            for (Size size : Size.values()) {
                List<WeightedBatch> batches = List.of(new WeightedBatch(1, sequences(size)));
                for (Products products : Products.values()) {
                    var choice = FullTrainingSettings.defaults().withBfloat16Products(products == Products.BFLOAT16);
                    var training = new FullTraining(size.config(settings.directory()), size.weights(), choice);
                    trainings.put(arm(size, products), training);
                    arms.seconds(arm(size, products), () -> training.step(batches, 1));
                }
            }
            return report(arms.medians(settings.repeats(), progress));
        } finally {
            trainings.values().forEach(FullTraining::close);
        }
    }

    private static List<WeightedSequence> sequences(Size size) {
        return new SelfEdits(size.shape.vocabulary())
                .sequences(1, SEQUENCES).stream()
                        .map(TrainingSequence::tokens)
                        .map(tokens -> {
                            float[] ones = new float[tokens.length];
                            Arrays.fill(ones, 1);
                            return new WeightedSequence(tokens, ones);
                        })
                        .toList();
    }

    private static String arm(Size size, Products products) {
        return size.text + ", " + products;
    }

    private static BenchmarkReport report(Map<String, Double> medians) {
        Table table = new Table("model", "products", "tokens", "seconds", "tokens/s", "GFLOP/s", "% of peak");
        Map<String, Double> ratios = new LinkedHashMap<>();
        for (Size size : Size.values()) {
            List<Integer> lengths = sequences(size).stream()
                    .map(sequence -> sequence.tokens().length)
                    .toList();
            int tokens = lengths.stream().mapToInt(Integer::intValue).sum();
            for (Products products : Products.values()) {
                double seconds = medians.get(arm(size, products));
                double achieved = new TrainingFlops(size.shape).fullStep(lengths) / seconds;
                double share = achieved / Peak.of(products, medians);
                table.row(
                        size.text, products.toString(), tokens, seconds, tokens / seconds, achieved / 1e9, 100 * share);
                ratios.put(arm(size, products) + ", share of peak", share);
            }
            ratios.put(
                    size.text + ", bfloat16 against float32",
                    medians.get(arm(size, Products.FLOAT32)) / medians.get(arm(size, Products.BFLOAT16)));
        }
        return new BenchmarkReport(
                List.of(Peak.table(medians), table),
                ratios,
                List.of("Operations are forward and backward products of matrices, head and attention within each"
                        + " sequence; Muon's own products are not counted, though they take time."));
    }
}
