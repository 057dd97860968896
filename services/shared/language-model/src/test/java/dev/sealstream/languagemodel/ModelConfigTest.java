package dev.sealstream.languagemodel;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ModelConfigTest {
    @Test
    void configSurvivesARoundTrip() {
        for (ModelConfig config : TinyModels.all().toList()) {
            assertThat(ModelConfig.fromJson(config.toJson())).isEqualTo(config);
        }
    }

    @Test
    void headDimensionFollowsFromTheWidthWhereItIsNotGiven() {
        ModelConfig config = read("""
                {"model_type": "qwen2", "hidden_size": 896, "intermediate_size": 4864, "num_attention_heads": 14,
                 "num_hidden_layers": 24, "num_key_value_heads": 2, "max_position_embeddings": 32768,
                 "rms_norm_eps": 1e-06, "rope_theta": 1000000.0, "tie_word_embeddings": true, "vocab_size": 151936,
                 "hidden_act": "silu", "use_sliding_window": false, "eos_token_id": [151645, 151643]}""");

        assertThat(config.headDimension()).isEqualTo(64);
        assertThat(config.eosIds()).containsExactly(151645, 151643);
        assertThat(config.bosId()).isEqualTo(-1);
    }

    @Test
    void whatTheDecoderDoesNotImplementIsRefusedByName() {
        String llama = new String(TinyModels.llama().toJson(), StandardCharsets.UTF_8);

        assertThatThrownBy(() -> read(llama.replace("\"silu\"", "\"gelu\"")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("hidden_act")
                .hasMessageContaining("gelu");
        assertThatThrownBy(() -> read(llama.replace("\"llama\"", "\"mamba\""))).hasMessageContaining("mamba");
        assertThatThrownBy(() -> read(llama.replaceFirst("\\{", "{\"rope_scaling\": {\"rope_type\": \"yarn\"},")))
                .hasMessageContaining("yarn");
    }

    private static ModelConfig read(String json) {
        return ModelConfig.fromJson(json.getBytes(StandardCharsets.UTF_8));
    }
}
