package dev.sealstream.workerruntime;

import dev.sealstream.eventstreaming.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

class StageMetricsTest {
    private static final String TOPIC = Topics.UPDATES.name();

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final StageMetrics metrics = new StageMetrics("evaluator", Topics.UPDATES, registry);

    @Test
    void lagIsWhatWasToldLast() {
        // When
        metrics.lag(TOPIC, 7);
        metrics.lag(TOPIC, 3);

        // Then
        assertThat(registry.get("seal.stage.lag").tag("topic", TOPIC).gauge().value())
                .isEqualTo(3);
    }

    @Test
    void countersAreThereAtZeroAndRise() {
        // Given
        var letters =
                registry.get("seal.dead.letters").tag("stage", "evaluator").counter();
        double before = letters.count();

        // When
        metrics.deadLettered(TOPIC, "odd");

        // Then
        assertThat(before).isZero();
        assertThat(letters.count()).isEqualTo(1);
    }

    @Test
    void timeOfATaskIsKept() {
        // When
        metrics.worked(TOPIC, Duration.ofSeconds(2));

        // Then
        var task = registry.get("seal.stage.task").timer();
        assertThat(task.count()).isEqualTo(1);
        assertThat(task.totalTime(TimeUnit.SECONDS)).isEqualTo(2);
    }
}
