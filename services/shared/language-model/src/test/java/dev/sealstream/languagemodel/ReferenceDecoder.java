package dev.sealstream.languagemodel;

import dev.sealstream.languagemodel.ModelConfig.Family;

import java.util.Arrays;
import java.util.Map;

/**
 * A decoder in plain double-precision loops, written from the papers, one token after another; it shares no code with the
 * one it checks, and knows the tensors' names and the configuration by itself.
 *
 * <p>Sources: Touvron et al. 2023 (Llama), Grattafiori et al. 2024 (Llama 3's positions), Jiang et al. 2023 (Mistral's
 * window), Yang et al. 2024 and 2025 (Qwen2, Qwen3), Radford et al. 2019 (GPT-2), Zhang and Sennrich 2019 (RMSNorm), Ba et
 * al. 2016 (LayerNorm), Shazeer 2020 (SwiGLU), Hendrycks and Gimpel 2016 (GELU), Su et al. 2021 (rotary positions, in
 * Hugging Face's rotate-half layout), Ainslie et al. 2023 (grouped heads).
 */
final class ReferenceDecoder {
    private final ModelConfig config;
    private final Map<String, float[]> weights;
    private final int width;
    private final int heads;
    private final int groups;
    private final int head;

    ReferenceDecoder(ModelConfig config, Map<String, float[]> weights) {
        this.config = config;
        this.weights = weights;
        this.width = config.hiddenSize();
        this.heads = config.attentionHeads();
        this.groups = config.keyValueHeads();
        this.head = config.headDimension();
    }

    /** Logits [T][V]. */
    double[][] logits(int[] tokens) {
        boolean gpt2 = config.family() == Family.GPT2;
        String embedding = gpt2 ? "transformer.wte.weight" : "model.embed_tokens.weight";
        double[][] x = new double[tokens.length][width];
        for (int t = 0; t < tokens.length; t++) {
            for (int i = 0; i < width; i++) {
                x[t][i] = weights.get(embedding)[tokens[t] * width + i];
                x[t][i] += gpt2 ? weights.get("transformer.wpe.weight")[t * width + i] : 0;
            }
        }
        for (int layer = 0; layer < config.layers(); layer++) {
            if (gpt2) {
                gpt2Block("transformer.h." + layer + ".", x);
            } else {
                llamaBlock("model.layers." + layer + ".", x);
            }
        }
        double[][] logits = new double[tokens.length][];
        for (int t = 0; t < tokens.length; t++) {
            double[] last = gpt2 ? layerNormed(x[t], "transformer.ln_f") : rmsNormed(x[t], "model.norm.weight");
            String output = weights.containsKey("lm_head.weight") ? "lm_head.weight" : embedding;
            logits[t] = times(last, weights.get(output), config.vocabularySize());
        }
        return logits;
    }

    private void llamaBlock(String p, double[][] x) {
        double[][] q = new double[x.length][];
        double[][] k = new double[x.length][];
        double[][] v = new double[x.length][];
        for (int t = 0; t < x.length; t++) {
            double[] normal = rmsNormed(x[t], p + "input_layernorm.weight");
            q[t] = heads(linear(normal, p + "self_attn.q_proj", heads * head), p + "self_attn.q_norm.weight", t);
            k[t] = heads(linear(normal, p + "self_attn.k_proj", groups * head), p + "self_attn.k_norm.weight", t);
            v[t] = linear(normal, p + "self_attn.v_proj", groups * head);
        }
        for (int t = 0; t < x.length; t++) {
            add(x[t], linear(attention(q[t], k, v, t), p + "self_attn.o_proj", width));
            double[] after = rmsNormed(x[t], p + "post_attention_layernorm.weight");
            double[] gate = linear(after, p + "mlp.gate_proj", config.intermediateSize());
            double[] up = linear(after, p + "mlp.up_proj", config.intermediateSize());
            for (int i = 0; i < up.length; i++) {
                up[i] *= gate[i] / (1 + Math.exp(-gate[i]));
            }
            add(x[t], linear(up, p + "mlp.down_proj", width));
        }
    }

    private void gpt2Block(String p, double[][] x) {
        double[][] q = new double[x.length][];
        double[][] k = new double[x.length][];
        double[][] v = new double[x.length][];
        for (int t = 0; t < x.length; t++) {
            double[] all = convolved(layerNormed(x[t], p + "ln_1"), p + "attn.c_attn", 3 * width);
            q[t] = Arrays.copyOfRange(all, 0, width);
            k[t] = Arrays.copyOfRange(all, width, 2 * width);
            v[t] = Arrays.copyOfRange(all, 2 * width, 3 * width);
        }
        for (int t = 0; t < x.length; t++) {
            add(x[t], convolved(attention(q[t], k, v, t), p + "attn.c_proj", width));
            double[] up = convolved(layerNormed(x[t], p + "ln_2"), p + "mlp.c_fc", config.intermediateSize());
            for (int i = 0; i < up.length; i++) {
                double inner = Math.sqrt(2 / Math.PI) * (up[i] + 0.044715 * up[i] * up[i] * up[i]);
                up[i] *= 0.5 * (1 + Math.tanh(inner));
            }
            add(x[t], convolved(up, p + "mlp.c_proj", width));
        }
    }

    private double[] attention(double[] query, double[][] keys, double[][] values, int t) {
        double[] mixed = new double[heads * head];
        int first = config.slidingWindow() == 0 ? 0 : Math.max(0, t - config.slidingWindow() + 1);
        for (int h = 0; h < heads; h++) {
            int from = h / (heads / groups) * head;
            double[] share = new double[t + 1];
            double sum = 0;
            for (int s = first; s <= t; s++) {
                double dot = 0;
                for (int i = 0; i < head; i++) {
                    dot += query[h * head + i] * keys[s][from + i];
                }
                share[s] = Math.exp(dot / Math.sqrt(head));
                sum += share[s];
            }
            for (int s = first; s <= t; s++) {
                for (int i = 0; i < head; i++) {
                    mixed[h * head + i] += share[s] / sum * values[s][from + i];
                }
            }
        }
        return mixed;
    }

    /** Each head normed where the model has a weight for it, then turned by its position. */
    private double[] heads(double[] x, String norm, int position) {
        double[] all = new double[x.length];
        for (int from = 0; from < x.length; from += head) {
            double[] own = Arrays.copyOfRange(x, from, from + head);
            own = weights.containsKey(norm) ? rmsNormed(own, norm) : own;
            System.arraycopy(rotated(own, position), 0, all, from, head);
        }
        return all;
    }

    private double[] rotated(double[] x, int position) {
        double[] y = new double[head];
        for (int i = 0; i < head / 2; i++) {
            double angle = position * frequency(i);
            double first = x[i];
            double second = x[i + head / 2];
            y[i] = first * Math.cos(angle) - second * Math.sin(angle);
            y[i + head / 2] = second * Math.cos(angle) + first * Math.sin(angle);
        }
        return y;
    }

    private double frequency(int pair) {
        double plain = Math.pow(config.rotary().theta(), -2.0 * pair / head);
        if (!(config.rotary().scaling() instanceof RotaryPositions.Llama3 scaling)) {
            return plain;
        }
        double wavelength = 2 * Math.PI / plain;
        if (wavelength < scaling.originalPositions() / scaling.highFrequencyFactor()) {
            return plain;
        } else if (wavelength > scaling.originalPositions() / scaling.lowFrequencyFactor()) {
            return plain / scaling.factor();
        }
        double smooth = (scaling.originalPositions() / wavelength - scaling.lowFrequencyFactor())
                / (scaling.highFrequencyFactor() - scaling.lowFrequencyFactor());
        return (1 - smooth) * plain / scaling.factor() + smooth * plain;
    }

    private double[] rmsNormed(double[] x, String weight) {
        double squares = 0;
        for (double value : x) {
            squares += value * value;
        }
        double[] result = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            result[i] = x[i] / Math.sqrt(squares / x.length + config.normEpsilon()) * weights.get(weight)[i];
        }
        return result;
    }

    private double[] layerNormed(double[] x, String norm) {
        double mean = Arrays.stream(x).average().orElseThrow();
        double variance = Arrays.stream(x)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElseThrow();
        double[] result = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            result[i] = (x[i] - mean) / Math.sqrt(variance + config.normEpsilon()) * weights.get(norm + ".weight")[i]
                    + weights.get(norm + ".bias")[i];
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

    /** GPT-2 stores its weights (in, out). */
    private double[] convolved(double[] x, String module, int out) {
        double[] y = new double[out];
        for (int o = 0; o < out; o++) {
            y[o] = weights.get(module + ".bias")[o];
            for (int i = 0; i < x.length; i++) {
                y[o] += x[i] * weights.get(module + ".weight")[i * out + o];
            }
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

    private static void add(double[] x, double[] y) {
        for (int i = 0; i < x.length; i++) {
            x[i] += y[i];
        }
    }
}
