package dev.sealstream.domain;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class CollapseGuardTest {
    private static final CollapseGuard GUARD = new CollapseGuard(2, 0.05, 0.5);

    @Test
    void risingRewardWithoutHeldOutGainAlarms() {
        var history = List.of(decision(0.50, 0.40, 0.8), decision(0.55, 0.40, 0.8));

        assertThat(GUARD.alarms(candidate(0.60, 0.8), evidence(0.40), history))
                .singleElement()
                .satisfies(alarm -> assertThat(alarm.finding())
                        .isEqualTo("mean reward rose by 0.100 over 2 candidates while held-out accuracy went from 0.400"
                                + " to 0.400"));
    }

    @Test
    void risingRewardWithHeldOutGainIsLearning() {
        var history = List.of(decision(0.50, 0.40, 0.8), decision(0.55, 0.45, 0.8));

        assertThat(GUARD.alarms(candidate(0.60, 0.8), evidence(0.50), history)).isEmpty();
    }

    @Test
    void selfEditsThatBecomeAlikeAlarm() {
        var history = List.of(decision(0.50, 0.40, 0.8), decision(0.50, 0.40, 0.5));

        assertThat(GUARD.alarms(candidate(0.50, 0.39), evidence(0.40), history))
                .extracting(Alarm::finding)
                .containsExactly(
                        "diversity of self-edits fell from 0.800 to 0.390 over 2 candidates, allowed: a drop by 50 %");
    }

    @Test
    void shortHistorySaysNothing() {
        assertThat(GUARD.alarms(candidate(0.9, 0.1), evidence(0.1), List.of(decision(0.50, 0.40, 0.8))))
                .isEmpty();
    }

    @Test
    void candidateThatCouldNotBeMeasuredIsNoYardstickForAccuracy() {
        var failed = new CheckpointDecision.Rejected("main", candidate(0.5, 0.8), null, null, "not measured");

        assertThat(GUARD.alarms(candidate(0.9, 0.8), evidence(0.1), List.of(failed, decision(0.5, 0.4, 0.8))))
                .isEmpty();
    }

    private static CheckpointDecision decision(double reward, double heldOut, double diversity) {
        return new CheckpointDecision.Rejected(
                "main", candidate(reward, diversity), evidence(heldOut), null, "no gain");
    }

    private static Evidence evidence(double heldOut) {
        var after = Estimate.of(heldOut, heldOut);
        return new Evidence(after, after, after, List.of(), Examples.size(1.0), 0.01);
    }

    private static CandidateProposed candidate(double reward, double diversity) {
        return new CandidateProposed(
                "c",
                "main",
                CandidateProposed.Kind.POLICY,
                0,
                Examples.BASE_HASH,
                Examples.adapter("c"),
                List.of("g"),
                reward,
                1.0,
                0.1,
                diversity,
                null);
    }
}
