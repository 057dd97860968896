package dev.sealstream.languagemodel;

import java.util.Map;

/**
 * A decoder in plain double-precision loops, written from the papers, one token after another; it shares no code with the
 * one it checks.
 *
 * <p>Sources: Touvron et al. 2023 (Llama), Yang et al. 2024 (Qwen2), Zhang and Sennrich 2019 (RMSNorm), Shazeer 2020
 * (SwiGLU), Su et al. 2021 (rotary positions, in Hugging Face's rotate-half layout), Ainslie et al. 2023 (grouped heads).
 */
final class ReferenceDecoder {
    private final Map<String, float[]> weights;
    private final int width;
    private final int feedForward;
    private final int layers;
    private final int heads;
    private final int groups;
    private final int head;
    private final int vocabulary;
    private final double epsilon;
    private final double theta;

    ReferenceDecoder(ModelConfig config, Map<String, float[]> weights) {
        this.weights = weights;
        this.width = config.hiddenSize();
        this.feedForward = config.intermediateSize();
        this.layers = config.layers();
        this.heads = config.attentionHeads();
        this.groups = config.keyValueHeads();
        this.head = config.headDimension();
        this.vocabulary = config.vocabularySize();
        this.epsilon = config.normEpsilon();
        this.theta = config.ropeTheta();
    }

    /** Logits [T][V]. */
    double[][] logits(int[] tokens) {
        int length = tokens.length;
        double[][] x = new double[length][width];
        for (int t = 0; t < length; t++) {
            for (int i = 0; i < width; i++) {
                x[t][i] = weights.get("model.embed_tokens.weight")[tokens[t] * width + i];
            }
        }
        for (int layer = 0; layer < layers; layer++) {
            String p = "model.layers." + layer + ".";
            double[][][] keys = new double[length][groups][];
            double[][][] values = new double[length][groups][];
            for (int t = 0; t < length; t++) {
                double[] normal = normalized(x[t], p + "input_layernorm.weight");
                double[] q = linear(normal, p + "self_attn.q_proj", heads * head);
                double[] k = linear(normal, p + "self_attn.k_proj", groups * head);
                double[] v = linear(normal, p + "self_attn.v_proj", groups * head);
                for (int g = 0; g < groups; g++) {
                    keys[t][g] = rotated(k, g * head, t);
                    values[t][g] = java.util.Arrays.copyOfRange(v, g * head, (g + 1) * head);
                }
                double[] mixed = new double[heads * head];
                for (int h = 0; h < heads; h++) {
                    int g = h / (heads / groups);
                    double[] query = rotated(q, h * head, t);
                    double[] share = new double[t + 1];
                    double sum = 0;
                    for (int s = 0; s <= t; s++) {
                        double dot = 0;
                        for (int i = 0; i < head; i++) {
                            dot += query[i] * keys[s][g][i];
                        }
                        share[s] = Math.exp(dot / Math.sqrt(head));
                        sum += share[s];
                    }
                    for (int s = 0; s <= t; s++) {
                        for (int i = 0; i < head; i++) {
                            mixed[h * head + i] += share[s] / sum * values[s][g][i];
                        }
                    }
                }
                add(x[t], linear(mixed, p + "self_attn.o_proj", width));
                double[] after = normalized(x[t], p + "post_attention_layernorm.weight");
                double[] gate = linear(after, p + "mlp.gate_proj", feedForward);
                double[] up = linear(after, p + "mlp.up_proj", feedForward);
                for (int i = 0; i < feedForward; i++) {
                    up[i] *= gate[i] / (1 + Math.exp(-gate[i]));
                }
                add(x[t], linear(up, p + "mlp.down_proj", width));
            }
        }
        double[][] logits = new double[length][];
        for (int t = 0; t < length; t++) {
            boolean own = weights.containsKey("lm_head.weight");
            double[] last = normalized(x[t], "model.norm.weight");
            logits[t] = times(last, weights.get(own ? "lm_head.weight" : "model.embed_tokens.weight"), vocabulary);
        }
        return logits;
    }

    private double[] normalized(double[] x, String weight) {
        double squares = 0;
        for (double value : x) {
            squares += value * value;
        }
        double[] result = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            result[i] = x[i] / Math.sqrt(squares / x.length + epsilon) * weights.get(weight)[i];
        }
        return result;
    }

    private double[] linear(double[] x, String module, int out) {
        double[] y = times(x, weights.get(module + ".weight"), out);
        float[] bias = weights.get(module + ".bias");
        for (int o = 0; bias != null && o < out; o++) {
            y[o] += bias[o];
        }
        return y;
    }

    private static double[] times(double[] x, float[] matrix, int out) {
        double[] y = new double[out];
        for (int o = 0; o < out; o++) {
            for (int i = 0; i < x.length; i++) {
                y[o] += x[i] * matrix[o * x.length + i];
            }
        }
        return y;
    }

    private double[] rotated(double[] x, int offset, int position) {
        double[] y = new double[head];
        for (int i = 0; i < head / 2; i++) {
            double angle = position * Math.pow(theta, -2.0 * i / head);
            double first = x[offset + i];
            double second = x[offset + i + head / 2];
            y[i] = first * Math.cos(angle) - second * Math.sin(angle);
            y[i + head / 2] = second * Math.cos(angle) + first * Math.sin(angle);
        }
        return y;
    }

    private static void add(double[] x, double[] y) {
        for (int i = 0; i < x.length; i++) {
            x[i] += y[i];
        }
    }
}
