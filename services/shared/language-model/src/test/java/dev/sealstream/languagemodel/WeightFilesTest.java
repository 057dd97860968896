package dev.sealstream.languagemodel;

import dev.sealstream.languagemodel.safetensors.FloatTensor;
import dev.sealstream.languagemodel.safetensors.Safetensors;
import dev.sealstream.languagemodel.safetensors.SafetensorsException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WeightFilesTest {
    private static final ModelConfig CONFIG = TinyModels.qwen3();
    private static final String FIRST = "model-00001-of-00002.safetensors";
    private static final String SECOND = "model-00002-of-00002.safetensors";

    @TempDir
    Path directory;

    private Completion expected;

    @BeforeEach
    void splitIntoTwoShards() throws IOException {
        try (LanguageModel whole = TinyModels.load(directory, CONFIG, 4)) {
            expected = completion(whole);
        }
        Files.delete(directory.resolve("model.safetensors"));
        writeShards(tensors(CONFIG), "");
    }

    private static Map<String, FloatTensor> tensors(ModelConfig config) {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        TinyModels.weights(config, 4).forEach((name, values) -> {
            List<Long> shape = WeightLayout.of(config).shapes().get(name);
            tensors.put(name, new FloatTensor(shape, values));
        });
        return tensors;
    }

    private void writeShards(Map<String, FloatTensor> tensors, String prefix) throws IOException {
        Map<String, FloatTensor> first = new LinkedHashMap<>();
        Map<String, FloatTensor> second = new LinkedHashMap<>();
        StringBuilder index = new StringBuilder();
        tensors.forEach((name, tensor) -> {
            String stored = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
            boolean inFirst = first.size() < tensors.size() / 2;
            (inFirst ? first : second).put(stored, tensor);
            index.append(index.length() == 0 ? "" : ", ")
                    .append("\"%s\": \"%s\"".formatted(stored, inFirst ? FIRST : SECOND));
        });
        Files.write(directory.resolve(FIRST), Safetensors.bytes(first));
        Files.write(directory.resolve(SECOND), Safetensors.bytes(second));
        Files.writeString(directory.resolve("model.safetensors.index.json"), "{\"weight_map\": {" + index + "}}");
    }

    @Test
    void shardsGiveTheModelOfTheSingleFile() {
        try (LanguageModel sharded = load()) {
            assertThat(completion(sharded).tokens()).isEqualTo(expected.tokens());
            assertThat(sharded.weightsSha256()).hasSize(64);
        }
    }

    @Test
    void firstFilesOfGpt2NameTheirTensorsWithoutPrefix() throws IOException {
        // Given
        ModelConfig gpt2 = TinyModels.gpt2();
        Completion whole;
        try (LanguageModel model = TinyModels.load(directory, gpt2, 4)) {
            whole = completion(model);
        }
        Files.delete(directory.resolve("model.safetensors"));

        // When
        writeShards(tensors(gpt2), "transformer.");

        // Then
        try (LanguageModel model = load()) {
            assertThat(completion(model).tokens()).isEqualTo(whole.tokens());
        }
    }

    @Test
    void savedModelOfEveryFamilyIsReadBack() {
        TinyModels.all().forEach(config -> {
            Path own = directory.resolve("own-" + config.family() + config.hashCode());
            try (LanguageModel model = TinyModels.load(own, config, 2)) {
                model.save(own.resolve("saved"));
                try (LanguageModel saved = LanguageModel.load(own.resolve("saved"), LoadOptions.cpu())) {
                    assertThat(saved.config()).isEqualTo(config);
                    assertThat(completion(saved).tokens())
                            .isEqualTo(completion(model).tokens());
                }
            }
        });
    }

    @Test
    void missingShardIsNamed() throws IOException {
        Files.delete(directory.resolve(SECOND));

        assertThatThrownBy(this::load).hasMessageContaining(SECOND).hasMessageContaining("missing");
    }

    @Test
    void truncatedShardIsNamed() throws IOException {
        byte[] bytes = Files.readAllBytes(directory.resolve(SECOND));
        Files.write(directory.resolve(SECOND), Arrays.copyOf(bytes, bytes.length - 7));

        assertThatThrownBy(this::load)
                .isInstanceOf(SafetensorsException.class)
                .hasMessageContaining(SECOND)
                .hasMessageContaining("truncated");
    }

    @Test
    void tensorThatIsMissingOrMisshapenIsNamed() throws IOException {
        // Given
        Map<String, FloatTensor> without = tensors(CONFIG);
        String name = "model.layers.1.self_attn.k_norm.weight";
        without.remove(name);
        writeShards(without, "");
        assertThatThrownBy(this::load).hasMessageContaining(name).hasMessageContaining("no weight");

        // When
        Map<String, FloatTensor> misshapen = tensors(CONFIG);
        misshapen.put(name, FloatTensor.of(new float[3], 3));
        writeShards(misshapen, "");

        // Then
        assertThatThrownBy(this::load)
                .hasMessageContaining(name)
                .hasMessageContaining("[3]")
                .hasMessageContaining("[8]");
    }

    @Test
    void emptyIndexIsRefused() throws IOException {
        Files.writeString(directory.resolve("model.safetensors.index.json"), "{}");

        assertThatThrownBy(this::load).hasMessageContaining("weight_map");
    }

    private LanguageModel load() {
        return LanguageModel.load(directory, LoadOptions.cpu());
    }

    private static Completion completion(LanguageModel model) {
        Prompt prompt = new Prompt(TinyModels.tokens(model.config(), 6, 1), 1, Prompt.NO_ADAPTER);
        return model.generate(List.of(prompt), Sampling.greedy(12, Set.of()), List.of())
                .get(0);
    }
}
