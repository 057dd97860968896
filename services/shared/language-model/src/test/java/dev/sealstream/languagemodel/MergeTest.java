package dev.sealstream.languagemodel;

import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class MergeTest {
    @TempDir
    Path directory;

    static Stream<ModelConfig> models() {
        return TinyModels.all();
    }

    @ParameterizedTest
    @MethodSource("models")
    void mergedWeightsGiveTheLogitsOfTheAppliedAdapter(ModelConfig config) {
        try (NDManager manager = NDManager.newBaseManager(DecoderScript.ENGINE)) {
            // Given a small change, as training makes it
            LoraAdapter adapter = TinyModels.adapter(config, new LoraSettings(3, 0.5, LoraSettings.ALL_LINEAR), 4);
            DecoderWeights weights = TinyModels.decoder(manager, config, 1);
            int[] tokens = TinyModels.tokens(config, 17, 2);

            // When
            float[] applied = TinyModels.logits(manager, weights, List.of(adapter), tokens);
            float[] merged = TinyModels.logits(manager, weights.merged(manager, List.of(adapter)), List.of(), tokens);

            // Then
            assertThat(distance(merged, applied)).isLessThan(1e-5);
            assertThat(distance(merged, TinyModels.logits(manager, weights, List.of(), tokens)))
                    .isGreaterThan(1e-2);
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void ownRanksAndRsLoraGiveTheSameMergedAndApplied(ModelConfig config) {
        try (NDManager manager = NDManager.newBaseManager(DecoderScript.ENGINE)) {
            // Given ranks and scales that differ from module to module
            LoraSettings uneven = new LoraSettings(3, 0.4, LoraSettings.ALL_LINEAR)
                    .withPatterns(Map.of("layers.1.*", 5, "layers.0.self_attn.q_proj", 1), Map.of("up_proj", 0.1))
                    .withRsLora(true);
            LoraAdapter adapter = RandomAdapters.of(config, uneven, 4);
            DecoderWeights weights = TinyModels.decoder(manager, config, 1);
            int[] tokens = TinyModels.tokens(config, 17, 2);

            // When
            float[] applied = TinyModels.logits(manager, weights, List.of(adapter), tokens);
            float[] merged = TinyModels.logits(manager, weights.merged(manager, List.of(adapter)), List.of(), tokens);
            float[] plain = TinyModels.logits(
                    manager, weights, List.of(new LoraAdapter(uneven.withRsLora(false), adapter.modules())), tokens);

            // Then
            assertThat(distance(merged, applied)).isLessThan(1e-5);
            assertThat(distance(merged, plain)).isGreaterThan(1e-3);
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void freshAdapterChangesNothing(ModelConfig config) {
        try (NDManager manager = NDManager.newBaseManager(DecoderScript.ENGINE)) {
            DecoderWeights weights = TinyModels.decoder(manager, config, 1);
            AdapterShape shape = new AdapterShape(config, TinyModels.LORA);
            LoraAdapter fresh = shape.adapter(shape.fresh(9));
            int[] tokens = TinyModels.tokens(config, 17, 2);

            float[] adapted = TinyModels.logits(manager, weights, List.of(fresh), tokens);

            assertThat(distance(adapted, TinyModels.logits(manager, weights, List.of(), tokens)))
                    .isLessThan(1e-6);
        }
    }

    @Test
    void mergedModelOutlivesTheOneItCameFrom() {
        // Given
        ModelConfig config = TinyModels.llama();
        Prompt prompt = new Prompt(TinyModels.tokens(config, 5, 1), 1, Prompt.NO_ADAPTER);
        LanguageModel base = TinyModels.load(directory, config, 1);
        LanguageModel merged = base.merged(List.of());
        Completion expected = base.generate(List.of(prompt), Sampling.greedy(9, Set.of()), List.of())
                .get(0);

        // When
        base.close();

        // Then
        try (merged) {
            Completion completion = merged.generate(List.of(prompt), Sampling.greedy(9, Set.of()), List.of())
                    .get(0);
            assertThat(completion.tokens()).isEqualTo(expected.tokens());
        }
    }

    @Test
    void hashOfMergedWeightsIsThatOfTheFileTheyAreSavedIn() throws Exception {
        // Given
        ModelConfig config = TinyModels.qwen2();
        try (LanguageModel base = TinyModels.load(directory, config, 1);
                LanguageModel merged = base.merged(List.of(TinyModels.adapter(config, TinyModels.LORA, 2)))) {
            // When
            Path saved = directory.resolve("saved");
            merged.save(saved);

            // Then
            assertThat(base.weightsSha256()).isEqualTo(sha256(directory.resolve("model.safetensors")));
            assertThat(merged.weightsSha256())
                    .isEqualTo(sha256(saved.resolve("model.safetensors")))
                    .isNotEqualTo(base.weightsSha256());
            try (LanguageModel loaded = LanguageModel.load(saved, LoadOptions.cpu(1))) {
                assertThat(loaded.config()).isEqualTo(config);
                assertThat(loaded.weightsSha256()).isEqualTo(merged.weightsSha256());
            }
        }
    }

    /** Norm of the difference, relative to that of the first. */
    private static double distance(float[] x, float[] y) {
        double difference = 0;
        double size = 0;
        for (int i = 0; i < x.length; i++) {
            difference += (x[i] - y[i]) * (double) (x[i] - y[i]);
            size += x[i] * (double) x[i];
        }
        return Math.sqrt(difference / size);
    }

    private static String sha256(Path file) throws IOException, java.security.NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
