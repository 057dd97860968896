package dev.sealstream.languagemodel;

import dev.sealstream.languagemodel.safetensors.Safetensors;
import dev.sealstream.languagemodel.safetensors.SafetensorsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

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

    @Test
    void variantThatThisDecoderDoesNotApplyIsRefused() {
        byte[] config = new String(PeftFormat.configJson(adapter, "tiny"), StandardCharsets.UTF_8)
                .replace("\"use_dora\" : false", "\"use_dora\" : true")
                .getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> PeftFormat.read(config, PeftFormat.safetensors(adapter)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("use_dora");
    }
}
