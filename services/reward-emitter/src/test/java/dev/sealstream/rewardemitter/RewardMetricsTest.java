package dev.sealstream.rewardemitter;

import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.Outcome;
import dev.sealstream.domain.RewardAssigned;
import dev.sealstream.domain.RolloutEnded;
import dev.sealstream.domain.RolloutGroup;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class RewardMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RewardMetrics metrics = new RewardMetrics(registry);

    @Test
    void spreadIsTheStandardDeviationWithinAGroup() {
        // When rewards are 0, 0.5 and 1
        metrics.groupCompleted(
                group(Outcomes.scored("d", 0, 0), Outcomes.scored("d", 1, 2), Outcomes.scored("d", 2, 4)));

        // Then
        var spread = registry.get("seal.reward.spread").summary();
        assertThat(spread.count()).isEqualTo(1);
        assertThat(spread.totalAmount()).isCloseTo(Math.sqrt(0.5 / 3), within(1e-9));
        assertThat(registry.get("seal.reward").summary().mean()).isCloseTo(0.5, within(1e-9));
        assertThat(endings("scored")).isEqualTo(3);
    }

    @Test
    void groupWithoutARewardHasNoSpread() {
        // Given
        var cancelled = new Outcome.Cancelled("stale");

        // When
        metrics.groupCompleted(group(
                Outcomes.ended("d", DataMode.TRAIN, 0, cancelled),
                Outcomes.ended("d", DataMode.TRAIN, 1, cancelled),
                Outcomes.ended("d", DataMode.TRAIN, 2, cancelled)));

        // Then
        assertThat(registry.get("seal.reward.spread").summary().count()).isZero();
        assertThat(endings("cancelled")).isEqualTo(3);
    }

    private static List<RewardAssigned> group(RolloutEnded... members) {
        return new RolloutGroup(List.of(members)).rewards();
    }

    private double endings(String ending) {
        return registry.get("seal.rewards").tag("ending", ending).counter().count();
    }
}
