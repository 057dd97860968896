package dev.sealstream.devstack.demo;

import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.Measurement;
import org.junit.jupiter.api.Test;

import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class RoundProgressTest {
    private final RoundProgress round = new RoundProgress(1, Set.of("one", "two"));
    private final CandidateProposed candidate = TestEvents.candidate(TestEvents.BASE, 0, "one", "two");
    private final Measurement measurement =
            TestEvents.measurement(TestEvents.BASE, new double[] {0, 0, 0}, new double[] {0, 0, 0});

    @Test
    void phasesFollowTheEvents() {
        assertThat(round.phase()).isEqualTo(RoundPhase.PROPOSING);

        round.accept(TestEvents.rolloutEnded("one", 0, 0, 5));
        assertThat(round.phase()).isEqualTo(RoundPhase.ROLLOUTS);
        assertThat(round.rolloutsExpected()).isEqualTo(10);

        round.accept(TestEvents.completed("one", 0));
        round.accept(TestEvents.completed("two", 0));
        assertThat(round.phase()).isEqualTo(RoundPhase.TRAINING);

        round.accept(candidate);
        assertThat(round.phase()).isEqualTo(RoundPhase.MEASURING);

        round.accept(TestEvents.measured(candidate, measurement, measurement));
        assertThat(round.phase()).isEqualTo(RoundPhase.DECIDING);

        round.accept(TestEvents.released(candidate));
        assertThat(round.phase()).isEqualTo(RoundPhase.DECIDED);
    }

    @Test
    void decisionThatArrivesBeforeItsEvidenceIsKept() {
        // When
        round.accept(TestEvents.rejected(candidate));
        RoundPhase before = round.phase();
        round.accept(TestEvents.measured(candidate, measurement, measurement));

        // Then
        assertThat(before).isEqualTo(RoundPhase.MEASURING);
        assertThat(round.phase()).isEqualTo(RoundPhase.DECIDED);
    }

    @Test
    void eventsOfOtherDocumentsAreIgnored() {
        // When
        boolean rollout = round.accept(TestEvents.rolloutEnded("three", 0, 0, 5));
        boolean reward = round.accept(TestEvents.reward("three", 0, 0, 0.5, true));
        boolean decided = round.accept(TestEvents.released(TestEvents.candidate(TestEvents.BASE, 0, "three")));

        // Then
        assertThat(rollout || reward || decided).isFalse();
        assertThat(round.phase()).isEqualTo(RoundPhase.PROPOSING);
    }

    @Test
    void eventSeenTwiceCountsOnce() {
        // Given
        round.accept(TestEvents.rolloutEnded("one", 0, 0, 5));
        round.accept(TestEvents.reward("one", 0, 0, 0.5, false));

        // When
        boolean again = round.accept(TestEvents.rolloutEnded("one", 0, 0, 5));
        round.accept(TestEvents.reward("one", 0, 0, 0.5, false));

        // Then
        assertThat(again).isFalse();
        assertThat(round.rolloutsEnded()).isEqualTo(1);
        assertThat(round.rewards().all().orElseThrow().count()).isEqualTo(1);
    }

    @Test
    void rewardsAreSummedUpForAllAndForTheSelected() {
        // When
        round.accept(TestEvents.reward("one", 0, 0, 0.2, false));
        round.accept(TestEvents.reward("one", 0, 1, 0.6, true));
        round.accept(TestEvents.reward("two", 0, 0, 0.4, true));

        // Then
        assertThat(round.rewards().all().orElseThrow().mean())
                .isEqualTo(0.4, org.assertj.core.api.Assertions.within(1e-12));
        assertThat(round.rewards().selected().orElseThrow().mean()).isEqualTo(0.5);
    }
}
