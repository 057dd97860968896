package dev.sealstream.languagemodel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Gradients against central differences, both in double precision. */
class GradientTest {
    private static final double STEP = 1e-4;
    private static final double TOLERANCE = 1e-7;
    private static final int DIRECTIONS = 12;

    static Stream<ModelConfig> models() {
        return TinyModels.all();
    }

    static Stream<ModelConfig> fullyTrainable() {
        return Stream.of(TinyModels.llama(), TinyModels.mistral(), TinyModels.qwen2());
    }

    @ParameterizedTest
    @MethodSource("models")
    void gradientsOfAdaptersEqualFiniteDifferences(ModelConfig config) {
        try (NDManager manager = NDManager.newBaseManager(DecoderScript.ENGINE)) {
            // Given two adapters with values in both factors
            LoraSettings lora = new LoraSettings(
                            2,
                            3,
                            List.of(
                                    "q_proj",
                                    "v_proj",
                                    "o_proj",
                                    "up_proj",
                                    "down_proj",
                                    "c_attn",
                                    "c_fc",
                                    "mlp.c_proj"))
                    .withPatterns(Map.of("o_proj", 1, "c_fc", 3), Map.of("v_proj", 1.5, "c_attn", 5.0));
            AdapterShape shape = new AdapterShape(config, lora);
            DecoderWeights weights = TinyModels.inDoublePrecision(TinyModels.decoder(manager, config, 1));
            List<List<PackedRow.Target>> targets = List.of(targets(config, 0, 5, 40, 4, 6, 5), targets(config, 1, 7));
            List<TokenStream> chunks = streams(manager, targets, config);
            double[] at = values(2 * shape.parameters(), 3);

            // When
            double[] gradient =
                    adapters(manager, weights, shape, false, chunks, at).get(1).toDoubleArray();

            // Then
            Random random = new Random(7);
            for (int n = 0; n < DIRECTIONS; n++) {
                double[] direction = values(at.length, random.nextLong());
                double slope =
                        slope(step -> sum(adapters(manager, weights, shape, false, chunks, moved(at, direction, step))
                                .get(0)));
                assertThat(dot(gradient, direction)).isCloseTo(slope, within(TOLERANCE));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void gradientsOfImitatingTheUntouchedModelEqualFiniteDifferences(ModelConfig config) {
        try (NDManager manager = NDManager.newBaseManager(DecoderScript.ENGINE)) {
            // Given
            AdapterShape shape = new AdapterShape(config, TinyModels.LORA);
            DecoderWeights weights = TinyModels.inDoublePrecision(TinyModels.decoder(manager, config, 1));
            List<TokenStream> chunks =
                    streams(manager, List.of(targets(config, 0, 5, 40, 4, 6, 5), targets(config, 1, 7)), config);
            double[] at = values(2 * shape.parameters(), 3);

            // When
            double[] gradient = adapters(manager, weights, shape, false, true, chunks, at)
                    .get(1)
                    .toDoubleArray();

            // Then
            Random random = new Random(7);
            for (int n = 0; n < DIRECTIONS; n++) {
                double[] direction = values(at.length, random.nextLong());
                double slope = slope(
                        step -> sum(adapters(manager, weights, shape, false, true, chunks, moved(at, direction, step))
                                .get(0)));
                assertThat(dot(gradient, direction)).isCloseTo(slope, within(TOLERANCE));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void untouchedModelImitatesItselfPerfectly(ModelConfig config) {
        try (NDManager manager = NDManager.newBaseManager(DecoderScript.ENGINE)) {
            // Given adapters whose B is zero
            AdapterShape shape = new AdapterShape(config, TinyModels.LORA);
            DecoderWeights weights = TinyModels.inDoublePrecision(TinyModels.decoder(manager, config, 1));
            List<TokenStream> chunks =
                    streams(manager, List.of(targets(config, 0, 5, 40), targets(config, 1, 7)), config);
            double[] at = new double[2 * shape.parameters()];
            Arrays.setAll(at, i -> shape.fresh(5)[i % shape.parameters()]);

            // When
            NDList result = adapters(manager, weights, shape, false, true, chunks, at);

            // Then
            assertThat(result.get(0).toDoubleArray()).containsOnly(new double[1], within(1e-12));
            assertThat(result.get(1).toDoubleArray()).containsOnly(new double[1], within(1e-12));
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void gradientsOfPenaltiesEqualFiniteDifferences(ModelConfig config) {
        try (NDManager manager = NDManager.newBaseManager(DecoderScript.ENGINE)) {
            // Given adapters of several ranks, and earlier ones that read some of the modules
            AdapterShape shape = new AdapterShape(
                    config,
                    new LoraSettings(2, 3, List.of("q_proj", "o_proj", "c_attn", "c_fc"))
                            .withPatterns(Map.of("o_proj", 1, "c_fc", 3), Map.of("q_proj", 1.5)));
            AdapterShape other = new AdapterShape(config, new LoraSettings(3, 3, List.of("q_proj", "c_attn")));
            List<LoraAdapter> before = List.of(other.adapter(other.fresh(1)), other.adapter(other.fresh(2)));
            List<NDArray> earlier = shape.rowsOf(manager, before).stream()
                    .map(rows -> rows.toType(DataType.FLOAT64, true))
                    .toList();
            double[] at = values(2 * shape.parameters(), 3);

            // When
            double[] gradient =
                    penalties(manager, shape, 0.7, 0.4, earlier, at).get(1).toDoubleArray();

            // Then
            Random random = new Random(7);
            for (int n = 0; n < DIRECTIONS; n++) {
                double[] direction = values(at.length, random.nextLong());
                double slope =
                        slope(step -> sum(penalties(manager, shape, 0.7, 0.4, earlier, moved(at, direction, step))
                                .get(0)));
                assertThat(dot(gradient, direction)).isCloseTo(slope, within(TOLERANCE));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void adapterThatDivergedLeavesTheOthersAlone(ModelConfig config) {
        try (NDManager manager = NDManager.newBaseManager(DecoderScript.ENGINE)) {
            // Given
            AdapterShape shape = new AdapterShape(config, TinyModels.LORA);
            DecoderWeights weights = TinyModels.inDoublePrecision(TinyModels.decoder(manager, config, 1));
            List<List<PackedRow.Target>> targets = List.of(targets(config, 0, 5, 40, 4, 6, 5), targets(config, 1, 7));
            List<TokenStream> chunks = streams(manager, targets, config);
            double[] sound = values(2 * shape.parameters(), 3);
            double[] diverged = sound.clone();
            Arrays.fill(diverged, 0, shape.parameters(), Double.NaN);

            // When
            double[] gradient = adapters(manager, weights, shape, false, chunks, diverged)
                    .get(1)
                    .toDoubleArray();

            // Then
            double[] expected = adapters(manager, weights, shape, false, chunks, sound)
                    .get(1)
                    .toDoubleArray();
            assertThat(gradient[0]).isNaN();
            assertThat(Arrays.copyOfRange(gradient, shape.parameters(), gradient.length))
                    .isEqualTo(Arrays.copyOfRange(expected, shape.parameters(), expected.length));
        }
    }

    @ParameterizedTest
    @MethodSource("fullyTrainable")
    void gradientsOfAllWeightsEqualFiniteDifferences(ModelConfig config) {
        try (NDManager manager = NDManager.newBaseManager(DecoderScript.ENGINE)) {
            // Given two chunks, so that gradients add up
            FullWeights at = inDoublePrecision(FullWeights.of(manager, TinyModels.decoder(manager, config, 1)));
            List<PackedBatch> chunks = List.of(
                    inDoublePrecision(PackedBatch.of(manager, PackedRow.pack(targets(config, 0, 5, 9), 16))),
                    inDoublePrecision(PackedBatch.of(manager, PackedRow.pack(targets(config, 1, 11), 16))));

            // When
            NDList gradients = full(manager, at, config, chunks);

            // Then
            List<NDArray> trainable = at.trainable();
            assertThat(gradients).hasSize(trainable.size() + 1);
            for (int i = 0; i < trainable.size(); i++) {
                int which = i;
                double[] values = trainable.get(i).toDoubleArray();
                double[] direction = values(values.length, i);
                double slope = slope(step -> moved(manager, at, config, chunks, which, moved(values, direction, step)));
                assertThat(dot(gradients.get(i + 1).toDoubleArray(), direction)).isCloseTo(slope, within(TOLERANCE));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void recomputedActivationsGiveTheSameGradients(ModelConfig config) {
        try (NDManager manager = NDManager.newBaseManager(DecoderScript.ENGINE)) {
            // Given
            AdapterShape shape = new AdapterShape(config, TinyModels.LORA);
            DecoderWeights weights = TinyModels.inDoublePrecision(TinyModels.decoder(manager, config, 1));
            List<TokenStream> chunks =
                    streams(manager, List.of(targets(config, 0, 5, 40, 4, 6, 5), targets(config, 1, 7)), config);
            double[] at = values(2 * shape.parameters(), 3);

            // When
            double[] recomputed =
                    adapters(manager, weights, shape, true, chunks, at).get(1).toDoubleArray();

            // Then
            assertThat(recomputed)
                    .isEqualTo(adapters(manager, weights, shape, false, chunks, at)
                            .get(1)
                            .toDoubleArray());
        }
    }

    private static double moved(
            NDManager manager,
            FullWeights at,
            ModelConfig config,
            List<PackedBatch> chunks,
            int which,
            double[] values) {
        NDArray tensor = at.trainable().get(which);
        NDArray moved = manager.create(values, tensor.getShape());
        FullWeights there = mapped(at, array -> array == tensor ? moved : array);
        return sum(full(manager, there, config, chunks).get(0));
    }

    /** Losses (K) and gradients (K, P) of learning the tokens. */
    private static NDList adapters(
            NDManager manager,
            DecoderWeights weights,
            AdapterShape shape,
            boolean recompute,
            List<TokenStream> chunks,
            double[] parameters) {
        return adapters(manager, weights, shape, recompute, false, chunks, parameters);
    }

    private static NDList adapters(
            NDManager manager,
            DecoderWeights weights,
            AdapterShape shape,
            boolean recompute,
            boolean imitate,
            List<TokenStream> chunks,
            double[] parameters) {
        Shape size = new Shape(2, shape.parameters());
        NDArray gradient = manager.zeros(size, DataType.FLOAT64);
        NDArray losses = manager.zeros(new Shape(1, 2), DataType.FLOAT64);
        for (TokenStream chunk : chunks) {
            DecoderScript.call(
                    manager,
                    "add_adapter_gradient",
                    weights.tensors(),
                    manager.create(parameters, size),
                    gradient,
                    losses,
                    0,
                    chunk.adapters(),
                    weights.config().shape(),
                    shape.modules(),
                    shape.scales(),
                    weights.config().normEpsilon(),
                    recompute,
                    imitate,
                    chunk.stream(),
                    chunk.buckets(),
                    chunk.places(),
                    chunk.targets(),
                    chunk.weights().toType(DataType.FLOAT64, true));
        }
        return new NDList(losses, gradient);
    }

    /** Penalties (K) and their gradients (K, P). */
    private static NDList penalties(
            NDManager manager, AdapterShape shape, double l2, double overlap, List<NDArray> earlier, double[] at) {
        Shape size = new Shape(2, shape.parameters());
        NDArray gradient = manager.zeros(size, DataType.FLOAT64);
        NDArray losses = manager.zeros(new Shape(1, 2), DataType.FLOAT64);
        DecoderScript.call(
                manager,
                "add_adapter_penalties",
                manager.create(at, size),
                gradient,
                losses,
                0,
                shape.modules(),
                shape.scales(),
                l2,
                overlap,
                earlier);
        return new NDList(losses, gradient);
    }

    /** Several chunks and buckets, so that gradients add up. */
    private static List<TokenStream> streams(
            NDManager manager, List<List<PackedRow.Target>> targets, ModelConfig config) {
        return StepChunk.cut(targets, 50).stream()
                .map(chunk -> TokenStream.of(manager, chunk, 10_000 * config.attentionHeads()))
                .toList();
    }

    private static NDList full(NDManager manager, FullWeights weights, ModelConfig config, List<PackedBatch> chunks) {
        return DecoderScript.call(
                manager,
                "full_gradients",
                weights.stacks(),
                weights.others(),
                weights.frequencies(),
                weights.shape(),
                config.normEpsilon(),
                false,
                chunks.stream().map(PackedBatch::rows).toList(),
                chunks.stream().map(PackedBatch::targets).toList(),
                chunks.stream().map(PackedBatch::weights).toList(),
                2);
    }

    private static List<PackedRow.Target> targets(ModelConfig config, int group, int... lengths) {
        List<PackedRow.Target> targets = new ArrayList<>();
        for (int length : lengths) {
            float[] weights = new float[length];
            for (int i = 2; i < length; i++) {
                weights[i] = 0.1f * i;
            }
            targets.add(new PackedRow.Target(TinyModels.tokens(config, length, length), weights, weights, group));
        }
        return targets;
    }

    private static PackedBatch inDoublePrecision(PackedBatch batch) {
        return new PackedBatch(batch.rows(), batch.targets(), batch.weights().toType(DataType.FLOAT64, true));
    }

    private static FullWeights inDoublePrecision(FullWeights weights) {
        return mapped(weights, array -> array.toType(DataType.FLOAT64, true));
    }

    private static FullWeights mapped(FullWeights weights, UnaryOperator<NDArray> change) {
        return new FullWeights(
                weights.config(),
                weights.stacks().stream().map(change).toList(),
                weights.others().stream().map(change).toList(),
                change.apply(weights.frequencies()));
    }

    /** Derivative at 0 by central differences whose error falls with the fourth power of the step. */
    private static double slope(DoubleUnaryOperator f) {
        double near = f.applyAsDouble(STEP) - f.applyAsDouble(-STEP);
        double far = f.applyAsDouble(2 * STEP) - f.applyAsDouble(-2 * STEP);
        return (8 * near - far) / (12 * STEP);
    }

    private static double[] values(int count, long seed) {
        Random random = new Random(seed);
        double[] values = new double[count];
        Arrays.setAll(values, i -> 0.1 * random.nextGaussian());
        return values;
    }

    private static double[] moved(double[] from, double[] direction, double step) {
        double[] result = from.clone();
        Arrays.setAll(result, i -> from[i] + step * direction[i]);
        return result;
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    private static double sum(NDArray array) {
        return Arrays.stream(array.toDoubleArray()).sum();
    }
}
