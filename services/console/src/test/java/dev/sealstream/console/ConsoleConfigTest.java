package dev.sealstream.console;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ConsoleConfigTest {
    @Test
    void defaults() {
        var config = config(Map.of());

        assertThat(config.rewardsKept()).isEqualTo(10_000);
        assertThat(config.checkpointsKept()).isEqualTo(1_000);
        assertThat(config.candidatesKept()).isEqualTo(1_000);
        assertThat(config.pollInterval()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.documentsMax()).isEqualTo(1_000);
        assertThat(config.sendTimeout()).isEqualTo(Duration.ofSeconds(15));
        assertThat(config.tokens()).isEmpty();
        assertThat(config.tokensFile()).isEmpty();
        assertThat(config.anonymousWrites()).isFalse();
        assertThat(config.session()).isEqualTo(Duration.ofHours(12));
    }

    @Test
    void everyKeyCanBeSet() {
        var config = config(Map.of(
                "seal.console.rewards-kept", "1",
                "seal.console.checkpoints-kept", "2",
                "seal.console.candidates-kept", "6",
                "seal.console.poll-interval", "PT3S",
                "seal.console.documents-max", "4",
                "seal.console.send-timeout", "PT5S",
                "seal.console.tokens", "ada:one,bob:two",
                "seal.console.tokens-file", "people",
                "seal.console.anonymous-writes", "true",
                "seal.console.session", "PT1H"));

        assertThat(config.rewardsKept()).isEqualTo(1);
        assertThat(config.checkpointsKept()).isEqualTo(2);
        assertThat(config.candidatesKept()).isEqualTo(6);
        assertThat(config.pollInterval()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.documentsMax()).isEqualTo(4);
        assertThat(config.sendTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.tokens()).contains(List.of("ada:one", "bob:two"));
        assertThat(config.tokensFile()).contains(Path.of("people"));
        assertThat(config.anonymousWrites()).isTrue();
        assertThat(config.session()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void unknownKeyIsRefused() {
        assertThatThrownBy(() -> config(Map.of("seal.console.reward-kept", "1")))
                .hasMessageContaining("seal.console.reward-kept");
    }

    private static ConsoleConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .withMapping(ConsoleConfig.class)
                .build()
                .getConfigMapping(ConsoleConfig.class);
    }
}
