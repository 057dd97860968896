package dev.sealstream.languagemodel;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A chain of adapters that is written down on the way and taken up again. */
class SavedMergeTest {
    @TempDir
    Path directory;

    static Stream<Arguments> modelsAndPrecisions() {
        return TinyModels.all()
                .flatMap(config -> Stream.of(Precision.values()).map(precision -> Arguments.of(config, precision)));
    }

    @ParameterizedTest
    @MethodSource("modelsAndPrecisions")
    void chainTakenUpFromADirectoryIsToTheBitTheChainAddedAtOnce(ModelConfig config, Precision precision) {
        // Given
        List<LoraAdapter> chain = chain(config);
        try (LanguageModel base = load(config, precision)) {
            String whole = weights(base, chain);

            // When
            base.saveMerged(chain.subList(0, 2), directory.resolve("two"));
            base.saveMergedOnto(directory.resolve("two"), chain.subList(2, 3), directory.resolve("three"));

            // Then
            assertThat(weightsOnto(base, "two", chain.subList(2, 4))).isEqualTo(whole);
            assertThat(weightsOnto(base, "three", chain.subList(3, 4))).isEqualTo(whole);
            assertThat(weightsOnto(base, "three", List.of())).isEqualTo(weights(base, chain.subList(0, 3)));
            assertThat(weightsOnto(base, "two", chain.subList(3, 4))).isNotEqualTo(whole);
        }
    }

    @ParameterizedTest
    @MethodSource("modelsAndPrecisions")
    void whatIsWrittenDoesNotDependOnTheWritersPrecision(ModelConfig config, Precision precision) throws IOException {
        // Given
        List<LoraAdapter> chain = chain(config);
        try (LanguageModel exact = load(config, Precision.FLOAT32)) {
            exact.saveMerged(chain, directory.resolve("exact"));
        }

        // When
        try (LanguageModel base = load(config, precision)) {
            base.saveMerged(chain, directory.resolve("own"));
        }

        // Then
        assertThat(directory.resolve("own/model.safetensors"))
                .hasSameBinaryContentAs(directory.resolve("exact/model.safetensors"));
    }

    @Test
    void weightsInBfloat16AreTheRoundedSumAndNotASumOfRoundedWeights() {
        // Given files in float32
        ModelConfig config = TinyModels.llama();
        List<LoraAdapter> chain = chain(config);
        try (LanguageModel base = load(config, Precision.BFLOAT16)) {
            // When
            String merged = weights(base, chain);

            // Then
            base.saveMerged(chain, directory.resolve("sum"));
            base.saveMerged(List.of(), directory.resolve("base"));
            LoadOptions bfloat16 = LoadOptions.cpu().withPrecision(Precision.BFLOAT16);
            try (LanguageModel rounded = LanguageModel.load(directory.resolve("sum"), bfloat16);
                    LanguageModel untouched = base.merged(List.of())) {
                assertThat(weights(rounded, List.of())).isEqualTo(merged);
                assertThat(weights(untouched, chain)).isNotEqualTo(merged);
            }
        }
    }

    @Test
    void savedChainIsAModelOfItsOwn() {
        // Given
        ModelConfig config = TinyModels.qwen2();
        List<LoraAdapter> chain = chain(config);
        try (LanguageModel base = load(config, Precision.FLOAT32)) {
            // When
            base.saveMerged(chain, directory.resolve("saved"));

            // Then
            try (LanguageModel saved = LanguageModel.load(directory.resolve("saved"), LoadOptions.cpu())) {
                assertThat(saved.config()).isEqualTo(config);
                assertThat(saved.weightsSha256()).isEqualTo(weights(base, chain));
            }
        }
    }

    @Test
    void filesOfTheBaseMayBeReplacedWhileItIsOpen() throws IOException {
        // Given
        ModelConfig config = TinyModels.llama();
        try (LanguageModel base = load(config, Precision.BFLOAT16)) {
            String before = weights(base, chain(config));

            // When another model is moved in its place
            Files.delete(directory.resolve("base/model.safetensors"));
            TinyModels.load(directory.resolve("base"), config, 2).close();

            // Then
            assertThat(weights(base, chain(config))).isEqualTo(before);
        }
    }

    @Test
    void adapterWithATopicIsKeptBesideAndNeverWritten() {
        // Given
        ModelConfig config = TinyModels.llama();
        List<LoraAdapter> chain = chain(config);
        LoraAdapter about = chain.get(0).about(AdapterTopic.of("t5", ""));
        try (LanguageModel base = load(config, Precision.FLOAT32)) {
            base.saveMerged(chain.subList(1, 2), directory.resolve("saved"));

            // When
            try (LanguageModel beside = base.mergedOnto(directory.resolve("saved"), List.of(about, chain.get(2)))) {
                // Then
                assertThat(beside.weightsSha256()).isEqualTo(weights(base, chain.subList(1, 3)));
                assertThatThrownBy(() -> beside.save(directory.resolve("other")))
                        .hasMessageContaining("1 adapters beside");
            }
            assertThatThrownBy(() -> base.saveMerged(List.of(about), directory.resolve("other")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'t5'");
        }
    }

    @Test
    void directoryOfAnotherModelIsRefused() {
        // Given
        TinyModels.load(directory.resolve("other"), TinyModels.qwen2(), 1).close();
        try (LanguageModel base = load(TinyModels.llama(), Precision.FLOAT32)) {
            // When, then
            assertThatThrownBy(() -> base.mergedOnto(directory.resolve("other"), List.of()))
                    .hasMessageContaining("model.embed_tokens.weight");
        }
    }

    private LanguageModel load(ModelConfig config, Precision precision) {
        Path base = directory.resolve("base");
        TinyModels.load(base, config, 1).close();
        return LanguageModel.load(base, LoadOptions.cpu().withPrecision(precision));
    }

    private static List<LoraAdapter> chain(ModelConfig config) {
        return Stream.of(1, 2, 3, 4)
                .map(seed -> TinyModels.adapter(config, TinyModels.LORA, seed))
                .toList();
    }

    private static String weights(LanguageModel base, List<LoraAdapter> deltas) {
        try (LanguageModel merged = base.merged(deltas)) {
            return merged.weightsSha256();
        }
    }

    private String weightsOnto(LanguageModel base, String saved, List<LoraAdapter> deltas) {
        try (LanguageModel merged = base.mergedOnto(directory.resolve(saved), deltas)) {
            return merged.weightsSha256();
        }
    }
}
