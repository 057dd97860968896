package dev.sealstream.tinyworld.pretraining;

import dev.sealstream.languagemodel.ModelConfig;
import dev.sealstream.tinyworld.Draw;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Initial weights that already lean towards copying, which a run of a few million tokens would not discover.
 *
 * <p>After Trockman and Kolter, "Mimetic Initialization of Self-Attention Layers" (2023): value and output of each head
 * start as a projection on a subspace and back; keys, and queries of even heads, compare tokens in the next head's
 * subspace. Our own addition: all embeddings share a direction, on which the heads of the first layer attend a fixed
 * number of tokens back.
 *
 * <p>Two constants are folded in so that the result is a plain Llama with tied embeddings: the embedding is larger by
 * {@link #INPUT_SCALE}, and the final norm smaller by as much and by {@link #LOGIT_SCALE}.
 */
final class MimeticInitialization {
    static final double LOGIT_SCALE = .5;

    private static final int[] OFFSETS = {1, 2, 3, 1};
    private static final int OFFSET_FREQUENCIES = 8;

    private final ModelConfig config;
    private final Draw draw;
    private final int width;
    private final int headWidth;

    private MimeticInitialization(ModelConfig config, long seed) {
        this.config = config;
        this.draw = new Draw(seed);
        this.width = config.hiddenSize();
        this.headWidth = config.headDimension();
    }

    static double inputScale(ModelConfig config) {
        return .25 * Math.sqrt(config.hiddenSize());
    }

    /** Factor of the final norm that keeps the logits what they are while the embedding grows. */
    static double finalNormScale(ModelConfig config) {
        return LOGIT_SCALE / inputScale(config);
    }

    /** Weights by Hugging Face name, row-major (out, in). */
    static Map<String, float[]> weights(ModelConfig config, long seed) {
        if (config.attentionHeads() != config.keyValueHeads()
                || config.attentionHeads() * config.headDimension() != config.hiddenSize()) {
            throw new IllegalArgumentException(
                    "mimetic initialisation needs as many key-value heads as heads, together as"
                            + " wide as the model; found " + config);
        }
        return new MimeticInitialization(config, seed).weights();
    }

    private Map<String, float[]> weights() {
        double[][] basis = orthonormal(width);
        double[] common = orthonormal(1)[0];
        var weights = new LinkedHashMap<String, float[]>();
        weights.put("model.embed_tokens.weight", embedding(common));
        for (int layer = 0; layer < config.layers(); layer++) {
            String prefix = "model.layers." + layer + ".";
            weights.put(prefix + "input_layernorm.weight", filled(1));
            attention(layer, basis, common).forEach((name, weight) -> weights.put(prefix + name, weight));
            weights.put(prefix + "post_attention_layernorm.weight", filled(1));
            weights.put(prefix + "mlp.gate_proj.weight", gaussian(config.intermediateSize(), width, 1));
            weights.put(prefix + "mlp.up_proj.weight", gaussian(config.intermediateSize(), width, 1));
            weights.put(prefix + "mlp.down_proj.weight", gaussian(width, config.intermediateSize(), .3));
        }
        weights.put("model.norm.weight", filled((float) finalNormScale(config)));
        return weights;
    }

    private float[] embedding(double[] common) {
        double scale = inputScale(config);
        double share = .035 * Math.sqrt(width);
        float[] embedding = new float[config.vocabularySize() * width];
        for (int i = 0; i < embedding.length; i++) {
            embedding[i] = (float) (scale * (.05 * draw.gaussian() + share * common[i % width]));
        }
        return embedding;
    }

    private Map<String, float[]> attention(int layer, double[][] basis, double[] common) {
        float[] query = gaussian(width, width, 1);
        float[] key = gaussian(width, width, 1);
        float[] value = gaussian(width, width, 1);
        float[] output = gaussian(width, width, .3);
        for (int head = 0; head < config.attentionHeads(); head++) {
            for (int i = 0; i < headWidth; i++) {
                int row = head * headWidth + i;
                double[] own = basis[row];
                double[] next = basis[(row + headWidth) % width];
                mix(value, row, own, 1, .3);
                mixColumn(output, row, own, .5, .3);
                if (layer > 0) {
                    mix(key, row, next, 1, .5);
                    if (head % 2 == 0) {
                        mix(query, row, next, 1, .5);
                    }
                } else {
                    mix(key, row, common, i < OFFSET_FREQUENCIES ? 1 : 0, .2);
                    mix(query, row, common, offsetQuery(i, OFFSETS[head % OFFSETS.length]), .2);
                }
            }
        }
        return Map.of(
                "self_attn.q_proj.weight", query,
                "self_attn.k_proj.weight", key,
                "self_attn.v_proj.weight", value,
                "self_attn.o_proj.weight", output);
    }

    /** Component of a query that, after rotation, matches a constant key {@code offset} tokens earlier. */
    private double offsetQuery(int component, int offset) {
        int half = headWidth / 2;
        int frequency = component % half;
        if (frequency >= OFFSET_FREQUENCIES) {
            return 0;
        }
        double angle = -offset * Math.pow(config.rotary().theta(), -2.0 * frequency / headWidth);
        return component < half ? Math.cos(angle) : Math.sin(angle);
    }

    private void mix(float[] matrix, int row, double[] direction, double strength, double rest) {
        for (int i = 0; i < width; i++) {
            int at = row * width + i;
            matrix[at] = (float) (strength * direction[i] + rest * matrix[at]);
        }
    }

    private void mixColumn(float[] matrix, int column, double[] direction, double strength, double rest) {
        for (int i = 0; i < width; i++) {
            int at = i * width + column;
            matrix[at] = (float) (strength * direction[i] + rest * matrix[at]);
        }
    }

    /** Random orthonormal rows, by Gram and Schmidt. */
    private double[][] orthonormal(int rows) {
        double[][] basis = new double[rows][width];
        for (int row = 0; row < rows; row++) {
            double[] vector = basis[row];
            Arrays.setAll(vector, i -> draw.gaussian());
            for (int earlier = 0; earlier < row; earlier++) {
                double overlap = dot(vector, basis[earlier]);
                for (int i = 0; i < width; i++) {
                    vector[i] -= overlap * basis[earlier][i];
                }
            }
            double norm = Math.sqrt(dot(vector, vector));
            for (int i = 0; i < width; i++) {
                vector[i] /= norm;
            }
        }
        return basis;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private float[] gaussian(int out, int in, double scale) {
        float[] matrix = new float[out * in];
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = (float) (scale / Math.sqrt(in) * draw.gaussian());
        }
        return matrix;
    }

    private float[] filled(float value) {
        float[] vector = new float[width];
        Arrays.fill(vector, value);
        return vector;
    }
}
