package dev.sealstream.connections;

import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class TracesSourceTest {
    @Test
    void withoutACollectorNothingIsTraced() {
        assertThat(TracesSource.settings(null)).isEqualTo(Map.of("quarkus.otel.sdk.disabled", "true"));
        assertThat(TracesSource.settings(" ")).isEqualTo(Map.of("quarkus.otel.sdk.disabled", "true"));
    }

    @Test
    void collectorGetsTheTraces() {
        assertThat(TracesSource.settings("http://collector:4317"))
                .isEqualTo(Map.of(
                        "quarkus.otel.sdk.disabled", "false",
                        "quarkus.otel.exporter.otlp.endpoint", "http://collector:4317"));
    }
}
