package dev.sealstream.checkpointgate;

import dev.sealstream.domain.Alarm;
import dev.sealstream.domain.Approval;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.Evidence;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GateMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final GateMetrics metrics = new GateMetrics(registry);
    private final CandidateProposed candidate = Measured.candidate("c", "main", 0, Measured.BASE_HASH);
    private final Evidence evidence = Evidence.of(Measured.better("c"));

    @Test
    void everythingIsExportedBeforeAnythingHappens() {
        assertThat(rejected("rule") + rejected("guard") + rejected("person") + rejected("unmeasured"))
                .isZero();
        assertThat(registry.get("seal.dead.letters").counters()).hasSize(2);
    }

    @Test
    void rejectionsAreToldApartByTheirReason() {
        // When
        metrics.decided(rejection(null, null));
        metrics.decided(rejection(evidence, null));
        metrics.decided(rejection(evidence, new Approval("Ada", "no")));
        metrics.alarmed(candidate, new Alarm(Alarm.Guard.DIVERGENCE, "far"));
        metrics.decided(rejection(evidence, null));

        // Then
        assertThat(rejected("unmeasured")).isEqualTo(1);
        assertThat(rejected("rule")).isEqualTo(1);
        assertThat(rejected("person")).isEqualTo(1);
        assertThat(rejected("guard")).isEqualTo(1);
        assertThat(registry.get("seal.guard.alarms")
                        .tag("guard", "divergence")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void divergenceOfWhatWasMeasuredIsKept() {
        // When
        metrics.decided(rejection(evidence, null));
        metrics.decided(rejection(null, null));

        // Then
        var divergence = registry.get("seal.candidate.divergence").summary();
        assertThat(divergence.count()).isEqualTo(1);
        assertThat(divergence.totalAmount()).isEqualTo(0.01);
    }

    private CheckpointDecision rejection(Evidence found, Approval refusal) {
        return new CheckpointDecision.Rejected("main", candidate, found, refusal, "because");
    }

    private double rejected(String reason) {
        return registry.get("seal.checkpoints.rejected")
                .tag("kind", "policy")
                .tag("reason", reason)
                .counter()
                .count();
    }
}
