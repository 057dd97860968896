package dev.sealstream.languagemodel;

import dev.sealstream.languagemodel.safetensors.Safetensors;
import dev.sealstream.languagemodel.safetensors.SafetensorsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PeftFormatTest {
    private final LoraAdapter adapter = TinyModels.adapter(TinyModels.llama(), TinyModels.LORA, 8);

    @Test
    void adapterSurvivesARoundTripBitForBit(@TempDir Path directory) {
        // When
        PeftFormat.write(adapter, "tiny", directory);
        LoraAdapter read = PeftFormat.read(directory);

        // Then
        assertThat(read.settings()).isEqualTo(adapter.settings());
        assertThat(read.modules().keySet())
                .containsExactlyElementsOf(adapter.modules().keySet());
        read.modules().forEach((path, factors) -> {
            assertThat(factors.a()).isEqualTo(adapter.modules().get(path).a());
            assertThat(factors.b()).isEqualTo(adapter.modules().get(path).b());
        });
        assertThat(PeftFormat.safetensors(read)).isEqualTo(PeftFormat.safetensors(adapter));
    }

    static Stream<LoraSettings> settings() {
        ModuleSelection.Names attention = new ModuleSelection.Names(List.of("q_proj", "o_proj", "k_proj"));
        Map<String, Integer> ranks = new LinkedHashMap<>();
        ranks.put("layers.1.self_attn.q_proj", 7);
        ranks.put("[qk]_proj", 2);
        return Stream.of(
                new LoraSettings(3, 0.3, attention).withRsLora(true),
                new LoraSettings(3, 6, LoraSettings.ALL_LINEAR)
                        .withPatterns(ranks, Map.of("v_proj", 1.5, "o_proj", 4.0)),
                new LoraSettings(3, 6, attention).withLayers(List.of(1), List.of("layers")),
                new LoraSettings(3, 6, new ModuleSelection.Regex("model\\.layers\\.1\\.mlp\\..*")),
                new LoraSettings(3, 6, LoraSettings.ALL_LINEAR)
                        .withExcludeModules(new ModuleSelection.Regex(".*\\.mlp\\..*")));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void everySettingSurvivesARoundTripBitForBit(LoraSettings settings) {
        // Given
        LoraAdapter original = RandomAdapters.of(TinyModels.llama(), settings, 5);

        // When
        byte[] config = PeftFormat.configJson(original, "tiny");
        byte[] weights = PeftFormat.safetensors(original);
        LoraAdapter read = PeftFormat.read(config, weights);

        // Then
        assertThat(read.settings()).isEqualTo(settings);
        assertThat(PeftFormat.configJson(read, "tiny")).isEqualTo(config);
        assertThat(PeftFormat.safetensors(read)).isEqualTo(weights);
        original.modules().forEach((path, factors) -> {
            assertThat(read.modules().get(path).a()).isEqualTo(factors.a());
            assertThat(read.modules().get(path).b()).isEqualTo(factors.b());
            assertThat(read.scale(path)).isEqualTo(original.scale(path));
        });
    }

    @Test
    void wildcardsAreWrittenAsTheModulesTheyStandForSincePeftKnowsNone() {
        // Given
        LoraSettings settings = new LoraSettings(3, 6, List.of("layers.*.self_attn.q_proj"));
        LoraAdapter original = RandomAdapters.of(TinyModels.llama(), settings, 5);

        // When
        byte[] config = PeftFormat.configJson(original, "tiny");
        LoraAdapter read = PeftFormat.read(config, PeftFormat.safetensors(original));

        // Then
        assertThat(read.settings().targetModules())
                .isEqualTo(new ModuleSelection.Names(
                        List.of("model.layers.0.self_attn.q_proj", "model.layers.1.self_attn.q_proj")));
        assertThat(PeftFormat.configJson(read, "tiny")).isEqualTo(config);
    }

    @Test
    void configTellsPeftThatGpt2StoresItsWeightsTransposed() {
        LoraFactors factors = new LoraFactors(1, 2, 3, new float[2], new float[3]);
        LoraSettings settings = new LoraSettings(1, 1, LoraSettings.ALL_LINEAR);
        LoraAdapter gpt2 = new LoraAdapter(settings, Map.of("transformer.h.0.attn.c_attn", factors));

        assertThat(text(PeftFormat.configJson(gpt2, "gpt2"))).contains("\"fan_in_fan_out\" : true");
        assertThat(text(PeftFormat.configJson(adapter, "tiny"))).contains("\"fan_in_fan_out\" : false");
        assertThat(PeftFormat.read(PeftFormat.configJson(gpt2, "gpt2"), PeftFormat.safetensors(gpt2))
                        .modules())
                .containsOnlyKeys("transformer.h.0.attn.c_attn");
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }

    @Test
    void keysAreThoseOfPeft() {
        assertThat(Safetensors.read("x", PeftFormat.safetensors(adapter)).keySet())
                .contains(
                        "base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight",
                        "base_model.model.model.layers.1.mlp.down_proj.lora_B.weight")
                .hasSize(28);
    }

    @Test
    void otherRankInTheConfigIsRefusedWithBothShapes() {
        byte[] config = new String(PeftFormat.configJson(adapter, "tiny"), StandardCharsets.UTF_8)
                .replace("\"r\" : 3", "\"r\" : 5")
                .getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> PeftFormat.read(config, PeftFormat.safetensors(adapter)))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageContaining("model.layers.0.self_attn.q_proj")
                .hasMessageContaining("[3, 24]")
                .hasMessageContaining("(5, in)");
    }
}
