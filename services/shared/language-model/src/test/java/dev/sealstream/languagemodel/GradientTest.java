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
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Gradients against central differences, both in double precision. */
class GradientTest {
    private static final double STEP = 1e-5;
    private static final double TOLERANCE = 1e-7;
    private static final int DIRECTIONS = 12;

    static Stream<ModelConfig> models() {
        return Stream.of(TinyModels.llama(), TinyModels.qwen2());
    }

    @ParameterizedTest
    @MethodSource("models")
    void gradientsOfAdaptersEqualFiniteDifferences(ModelConfig config) {
        try (NDManager manager = NDManager.newBaseManager(DecoderScript.ENGINE)) {
            // Given two adapters with values in both factors
            LoraSettings lora = new LoraSettings(2, 3, List.of("q_proj", "v_proj", "o_proj", "up_proj", "down_proj"));
            AdapterShape shape = new AdapterShape(config, lora);
            DecoderWeights weights = TinyModels.inDoublePrecision(TinyModels.decoder(manager, config, 1));
            List<List<PackedRow.Target>> targets = List.of(targets(config, 0, 5, 40, 4, 6, 5), targets(config, 1, 7));
            List<PackedBatch> chunks = chunks(manager, targets, config);
            double[] at = values(2 * shape.parameters(), 3);

            // When
            double[] gradient =
                    adapters(manager, weights, shape, chunks, at).get(1).toDoubleArray();

            // Then
            Random random = new Random(7);
            for (int n = 0; n < DIRECTIONS; n++) {
                double[] direction = values(at.length, random.nextLong());
                double up = sum(adapters(manager, weights, shape, chunks, moved(at, direction, STEP))
                        .get(0));
                double down = sum(adapters(manager, weights, shape, chunks, moved(at, direction, -STEP))
                        .get(0));
                assertThat(dot(gradient, direction)).isCloseTo((up - down) / (2 * STEP), within(TOLERANCE));
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
            List<PackedBatch> chunks = chunks(manager, targets, config);
            double[] sound = values(2 * shape.parameters(), 3);
            double[] diverged = sound.clone();
            Arrays.fill(diverged, 0, shape.parameters(), Double.NaN);

            // When
            double[] gradient =
                    adapters(manager, weights, shape, chunks, diverged).get(1).toDoubleArray();

            // Then
            double[] expected =
                    adapters(manager, weights, shape, chunks, sound).get(1).toDoubleArray();
            assertThat(gradient[0]).isNaN();
            assertThat(Arrays.copyOfRange(gradient, shape.parameters(), gradient.length))
                    .isEqualTo(Arrays.copyOfRange(expected, shape.parameters(), expected.length));
        }
    }

    @ParameterizedTest
    @MethodSource("models")
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
                double[] values = trainable.get(i).toDoubleArray();
                double[] direction = values(values.length, i);
                double up = moved(manager, at, config, chunks, i, moved(values, direction, STEP));
                double down = moved(manager, at, config, chunks, i, moved(values, direction, -STEP));
                assertThat(dot(gradients.get(i + 1).toDoubleArray(), direction))
                        .isCloseTo((up - down) / (2 * STEP), within(TOLERANCE));
            }
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

    private static NDList adapters(
            NDManager manager,
            DecoderWeights weights,
            AdapterShape shape,
            List<PackedBatch> chunks,
            double[] parameters) {
        return DecoderScript.call(
                manager,
                "adapter_gradients",
                weights.tensors(),
                manager.create(parameters, new Shape(2, shape.parameters())),
                weights.shape(),
                shape.lora().rank(),
                shape.sizes(),
                shape.config().normEpsilon(),
                shape.lora().scale(),
                false,
                chunks.stream().map(PackedBatch::rows).toList(),
                chunks.stream().map(PackedBatch::targets).toList(),
                chunks.stream().map(PackedBatch::weights).toList());
    }

    private static List<PackedBatch> chunks(
            NDManager manager, List<List<PackedRow.Target>> targets, ModelConfig config) {
        return GroupedRows.pack(targets, config).stream()
                .map(rows -> inDoublePrecision(PackedBatch.of(manager, rows)))
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
