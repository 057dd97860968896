package dev.sealstream.rewardemitter;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RewardEmitterConfigTest {
    @Test
    void defaults() {
        var config = config(Map.of());

        assertThat(config.rememberFor()).isEqualTo(Duration.ofDays(14));
    }

    @Test
    void everyKeyCanBeSet() {
        var config = config(Map.of("seal.reward-emitter.remember-for", "PT6H"));

        assertThat(config.rememberFor()).isEqualTo(Duration.ofHours(6));
    }

    @Test
    void unknownKeyIsRefused() {
        assertThatThrownBy(() -> config(Map.of("seal.reward-emitter.remember", "PT6H")))
                .hasMessageContaining("seal.reward-emitter.remember");
    }

    private static RewardEmitterConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .withMapping(RewardEmitterConfig.class)
                .build()
                .getConfigMapping(RewardEmitterConfig.class);
    }
}
