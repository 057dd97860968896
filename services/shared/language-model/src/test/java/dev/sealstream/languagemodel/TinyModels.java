package dev.sealstream.languagemodel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.sealstream.languagemodel.ModelConfig.Family;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Small random models, made where they are needed; no test depends on a trained one. */
final class TinyModels {
    static final int EOS = 2;
    static final LoraSettings LORA = new LoraSettings(3, 6, LoraSettings.ALL_LINEAR);

    private TinyModels() {}

    private static ModelConfig config(
            Family family,
            int vocabulary,
            int width,
            int feedForward,
            int layers,
            int heads,
            int groups,
            int head,
            double epsilon,
            RotaryPositions rotary,
            int positions,
            int window,
            boolean tied) {
        return new ModelConfig(
                family,
                vocabulary,
                width,
                feedForward,
                layers,
                heads,
                groups,
                head,
                epsilon,
                rotary,
                positions,
                window,
                tied,
                1,
                List.of(EOS));
    }

    /** Grouped heads, tied head. */
    static ModelConfig llama() {
        return config(Family.LLAMA, 37, 24, 40, 2, 6, 3, 4, 1e-5, RotaryPositions.plain(10_000), 96, 0, true);
    }

    /** Biased projections, a head of its own, heads wider than D / H. */
    static ModelConfig qwen2() {
        return config(Family.QWEN2, 41, 20, 28, 3, 4, 2, 6, 1e-6, RotaryPositions.plain(1_000_000), 64, 0, false);
    }

    /** Llama 3's scaled positions, a head of its own. */
    static ModelConfig llama3() {
        RotaryPositions rotary = new RotaryPositions(500, new RotaryPositions.Llama3(8, 1, 4, 24));
        return config(Family.LLAMA, 37, 24, 40, 2, 4, 2, 8, 1e-5, rotary, 96, 0, false);
    }

    /** A window shorter than the texts. */
    static ModelConfig mistral() {
        return config(Family.MISTRAL, 37, 24, 40, 2, 4, 2, 6, 1e-5, RotaryPositions.plain(10_000), 96, 5, false);
    }

    /** Norms of queries and keys. */
    static ModelConfig qwen3() {
        return config(Family.QWEN3, 41, 20, 28, 2, 4, 2, 8, 1e-6, RotaryPositions.plain(1_000_000), 64, 0, true);
    }

    static ModelConfig gpt2() {
        return config(Family.GPT2, 39, 24, 44, 2, 4, 4, 6, 1e-5, RotaryPositions.none(), 64, 0, true);
    }

    /** One of each architecture. */
    static Stream<ModelConfig> all() {
        return Stream.of(llama(), llama3(), mistral(), qwen2(), qwen3(), gpt2());
    }

    static Map<String, float[]> weights(ModelConfig config, long seed) {
        Random random = new Random(seed);
        Map<String, float[]> weights = new LinkedHashMap<>();
        WeightLayout.of(config).shapes().forEach((name, shape) -> {
            float[] values = new float[shape.stream().mapToInt(Long::intValue).reduce(1, Math::multiplyExact)];
            boolean norm = name.endsWith("norm.weight") || name.matches(".*ln_.\\.weight");
            double scale = shape.size() == 2 ? 1.5 / Math.sqrt(shape.get(1)) : 0.3;
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) ((norm ? 1 : 0) + scale * random.nextGaussian());
            }
            weights.put(name, values);
        });
        return weights;
    }

    /** Words t3, t4, … separated by blanks. */
    static byte[] tokenizerJson(int vocabularySize) {
        StringBuilder vocabulary = new StringBuilder("\"<unk>\": 0, \"<s>\": 1, \"</s>\": 2");
        for (int id = 3; id < vocabularySize; id++) {
            vocabulary.append(", \"t").append(id).append("\": ").append(id);
        }
        return """
                {"version": "1.0", "truncation": null, "padding": null,
                 "added_tokens": [
                  {"id": 1, "content": "<s>", "single_word": false, "lstrip": false, "rstrip": false,
                   "normalized": false, "special": true},
                  {"id": 2, "content": "</s>", "single_word": false, "lstrip": false, "rstrip": false,
                   "normalized": false, "special": true}],
                 "normalizer": null, "pre_tokenizer": {"type": "WhitespaceSplit"}, "post_processor": null,
                 "decoder": null,
                 "model": {"type": "WordLevel", "unk_token": "<unk>", "vocab": {%s}}}
                """.formatted(vocabulary).getBytes(StandardCharsets.UTF_8);
    }

    static LanguageModel load(Path directory, ModelConfig config, long seed) {
        HuggingFaceDirectory.write(directory, config, weights(config, seed), tokenizerJson(config.vocabularySize()));
        return LanguageModel.load(directory, LoadOptions.cpu(1));
    }

    static int[] tokens(ModelConfig config, int length, long seed) {
        Random random = new Random(seed);
        int[] tokens = new int[length];
        Arrays.setAll(tokens, i -> 3 + random.nextInt(config.vocabularySize() - 3));
        return tokens;
    }

    /** An adapter whose B is not zero, so that it changes something. */
    static LoraAdapter adapter(ModelConfig config, LoraSettings settings, long seed) {
        AdapterShape shape = new AdapterShape(config, settings);
        Random random = new Random(seed);
        float[] parameters = new float[shape.parameters()];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = (float) (0.2 * random.nextGaussian());
        }
        return shape.adapter(parameters);
    }

    static DecoderWeights decoder(NDManager manager, ModelConfig config, long seed) {
        return DecoderWeights.read(config, manager, WeightSource.of(weights(config, seed)), Precision.FLOAT32);
    }

    /** The same weights in double precision, for finite differences. */
    static DecoderWeights inDoublePrecision(DecoderWeights weights) {
        List<NDArray> tensors = new ArrayList<>();
        weights.tensors().forEach(tensor -> tensors.add(tensor.toType(DataType.FLOAT64, true)));
        return new DecoderWeights(weights.config(), tensors);
    }

    /** Logits (T, V) of one sequence. */
    static float[] logits(NDManager manager, DecoderWeights weights, List<LoraAdapter> adapters, int[] tokens) {
        float[] none = new float[tokens.length];
        PackedBatch batch = PackedBatch.of(
                manager, PackedRow.pack(List.of(new PackedRow.Target(tokens, none, none, 0)), tokens.length));
        return DecoderScript.call(
                        manager,
                        "logits",
                        weights.tensors(),
                        adapters.isEmpty() ? List.of() : AdapterStack.of(manager, weights.config(), adapters),
                        weights.config().shape(),
                        weights.config().normEpsilon(),
                        batch.rows())
                .get(0)
                .toFloatArray();
    }
}
