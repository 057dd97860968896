package dev.sealstream.tinyworld.pretraining;

import dev.sealstream.languagemodel.ModelConfig;
import dev.sealstream.tinyworld.Draw;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class MimeticInitializationTest {
    private final ModelConfig config = TinyModelConfig.of(200);
    private final Map<String, float[]> weights = MimeticInitialization.weights(config, 1);

    @Test
    void theSameSeedGivesTheSameWeights() {
        Map<String, float[]> again = MimeticInitialization.weights(config, 1);

        assertThat(again.keySet()).isEqualTo(weights.keySet());
        weights.forEach((name, values) -> assertThat(again.get(name)).isEqualTo(values));
    }

    @Test
    void valueThenOutputKeepsAboutHalfOfWhatItReads() {
        float[] value = weights.get("model.layers.2.self_attn.v_proj.weight");
        float[] output = weights.get("model.layers.2.self_attn.o_proj.weight");
        var draw = new Draw(9);
        double[] x = IntStream.range(0, 128).mapToDouble(i -> draw.gaussian()).toArray();

        double[] y = times(output, times(value, x));

        double along = IntStream.range(0, 128).mapToDouble(i -> x[i] * y[i]).sum()
                / IntStream.range(0, 128).mapToDouble(i -> x[i] * x[i]).sum();
        assertThat(along).isCloseTo(.5, within(.1));
    }

    @Test
    void headsOfTheFirstLayerLookAFixedNumberOfTokensBack() {
        double[] common = meanEmbedding();
        double[] queries = times(weights.get("model.layers.0.self_attn.q_proj.weight"), common);
        double[] keys = times(weights.get("model.layers.0.self_attn.k_proj.weight"), common);
        int[] expected = {1, 2, 3, 1};

        for (int head = 0; head < 4; head++) {
            int start = 32 * head;
            double[] scores = IntStream.range(0, 12)
                    .mapToDouble(distance -> rotatedProduct(queries, keys, start, distance))
                    .toArray();

            assertThat(IntStream.range(0, 12).boxed().max((a, b) -> Double.compare(scores[a], scores[b])))
                    .contains(expected[head]);
        }
    }

    private double[] meanEmbedding() {
        float[] embedding = weights.get("model.embed_tokens.weight");
        double[] mean = new double[128];
        for (int i = 0; i < embedding.length; i++) {
            mean[i % 128] += embedding[i] / 200;
        }
        return mean;
    }

    /** Attention score of a query at position {@code distance} with a key at position 0, rotated as in Llama. */
    private double rotatedProduct(double[] query, double[] key, int start, int distance) {
        double sum = 0;
        for (int i = 0; i < 16; i++) {
            double angle = distance * Math.pow(config.rotary().theta(), -i / 16.0);
            double x = query[start + i] * Math.cos(angle) - query[start + 16 + i] * Math.sin(angle);
            double y = query[start + 16 + i] * Math.cos(angle) + query[start + i] * Math.sin(angle);
            sum += x * key[start + i] + y * key[start + 16 + i];
        }
        return sum;
    }

    private static double[] times(float[] matrix, double[] vector) {
        return IntStream.range(0, matrix.length / vector.length)
                .mapToDouble(row -> IntStream.range(0, vector.length)
                        .mapToDouble(i -> matrix[row * vector.length + i] * vector[i])
                        .sum())
                .toArray();
    }
}
