package dev.sealstream.checkpointgate;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CheckpointGateConfigTest {
    @Test
    void defaults() {
        var config = config(Map.of());

        assertThat(config.tolerance()).isEqualTo(0.05);
        assertThat(config.gainStandardErrors()).isEqualTo(1.0);
        assertThat(config.frobeniusNormMax()).isEqualTo(100.0);
        assertThat(config.approval()).isEqualTo(ApprovalPolicy.ON_ALARM);
        assertThat(config.rules().learnAgainMax()).isEqualTo(2);
    }

    @Test
    void everyKeyCanBeSet() {
        var config = config(Map.of(
                "seal.checkpoint-gate.tolerance", "0.1",
                "seal.checkpoint-gate.gain-standard-errors", "2",
                "seal.checkpoint-gate.frobenius-norm-max", "7.5",
                "seal.checkpoint-gate.approval", "ALWAYS"));

        assertThat(config.tolerance()).isEqualTo(0.1);
        assertThat(config.gainStandardErrors()).isEqualTo(2.0);
        assertThat(config.frobeniusNormMax()).isEqualTo(7.5);
        assertThat(config.approval()).isEqualTo(ApprovalPolicy.ALWAYS);
    }

    @Test
    void unknownKeyIsRefused() {
        assertThatThrownBy(() -> config(Map.of("seal.checkpoint-gate.tolerances", "0.1")))
                .hasMessageContaining("seal.checkpoint-gate.tolerances");
    }

    private static CheckpointGateConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .withMapping(CheckpointGateConfig.class)
                .build()
                .getConfigMapping(CheckpointGateConfig.class);
    }
}
