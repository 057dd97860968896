package dev.sealstream.console;

import dev.sealstream.console.CheckpointView.EstimateView;
import dev.sealstream.domain.AdapterReference;
import dev.sealstream.domain.Alarm;
import dev.sealstream.domain.Approval;
import dev.sealstream.domain.ArtifactReference;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.DeltaSize;
import dev.sealstream.domain.Estimate;
import dev.sealstream.domain.Evidence;
import dev.sealstream.domain.Sha256;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class CheckpointViewTest {
    @Test
    void releaseShowsVersionAndEvidence() {
        var candidate = candidate();
        var view = CheckpointView.of(new CheckpointDecision.Released(
                "main",
                1,
                0,
                candidate.parentWeightsHash(),
                candidate.weightsHashOn(candidate.parentWeightsHash()),
                candidate,
                evidence(new Estimate(0.4, 0.1, 8), new Estimate(0.6, 0.1, 8), new Estimate(0.2, 0.05, 8)),
                new Approval("Ada", "fine"),
                "better"));

        assertThat(view.decision()).isEqualTo("RELEASED");
        assertThat(view.version()).isEqualTo(1);
        assertThat(view.candidateId()).isEqualTo("c1");
        assertThat(view.gain()).isEqualTo(new EstimateView(0.2, 0.05, 8));
        assertThat(view.by()).isEqualTo("Ada");
        assertThat(view.reason()).isEqualTo("better");
    }

    @Test
    void rejectionWithoutMeasurementHasNoFigures() {
        var view = CheckpointView.of(
                new CheckpointDecision.Rejected("main", candidate(), null, null, "could not be measured"));

        assertThat(view.decision()).isEqualTo("REJECTED");
        assertThat(view.version()).isNull();
        assertThat(view.gain()).isNull();
    }

    @Test
    void standardErrorOfOneValueIsNotANumberForJson() {
        var one = Estimate.of(0.5);
        var view = CheckpointView.of(
                new CheckpointDecision.Rejected("main", candidate(), evidence(one, one, one), null, "one document"));

        assertThat(view.gain()).isEqualTo(new EstimateView(0.5, null, 1));
    }

    @Test
    void heldCandidateShowsWhatTheGuardsFound() {
        var one = Estimate.of(0.5, 0.6);
        var view = CheckpointView.of(new CheckpointDecision.Held(
                "main",
                candidate(),
                0,
                0,
                evidence(one, one, one),
                List.of(new Alarm(Alarm.Guard.DIVERGENCE, "it says other things"))));

        assertThat(view.decision()).isEqualTo("HELD");
        assertThat(view.reason()).isEqualTo("waits for a person: it says other things");
    }

    @Test
    void rollBackShowsWhereToAndWho() {
        var view = CheckpointView.of(
                new CheckpointDecision.RolledBack("main", 3, Sha256.hex("three"), "Ada", "it forgot"));

        assertThat(view.decision()).isEqualTo("ROLLED_BACK");
        assertThat(view.version()).isEqualTo(3);
        assertThat(view.by()).isEqualTo("Ada");
    }

    private static CandidateProposed candidate() {
        var file = new ArtifactReference("store:x", 1, Sha256.hex("x"));
        return new CandidateProposed(
                "c1",
                "main",
                CandidateProposed.Kind.POLICY,
                0,
                Sha256.hex("base"),
                new AdapterReference(file, file),
                List.of("a@0"),
                0.5,
                1.0,
                0.1,
                0.5,
                null);
    }

    private static Evidence evidence(Estimate before, Estimate after, Estimate gain) {
        return new Evidence(before, after, gain, List.of(), new DeltaSize(1.0, 0.1, Map.of()), 0.01);
    }
}
