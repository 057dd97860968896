package dev.sealstream.devstack.demo;

import dev.sealstream.devstack.process.StackException;
import dev.sealstream.domain.BenchmarkMeasured;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.Measurement;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class ArmTableTest {
    private static final double TINY = 1e-12;

    private final Measurement base =
            TestEvents.measurement(TestEvents.BASE, new double[] {0.0, 0.4, 0.5}, new double[] {0.2, 0.4, 0.3});
    private final CandidateProposed first = TestEvents.candidate(TestEvents.BASE, 0, "train-1");
    private final Measurement better = TestEvents.measurement(
            first.weightsHashOn(TestEvents.BASE), new double[] {0.1, 0.4, 0.9}, new double[] {0.1, 0.4, 0.5});

    @Test
    void armsAreMeansWithStandardErrorsOverDocuments() {
        // When
        ArmTable table = ArmTable.of(List.of(round(1, TestEvents.measured(first, base, better), true)));

        // Then
        assertThat(table.arms())
                .extracting(ArmTable.Arm::name)
                .containsExactly("nothing", "passage only", "base policy's edits", "policy after round 1");
        assertThat(table.arms())
                .extracting(arm -> arm.accuracy().mean())
                .usingComparatorForType((a, b) -> Math.abs(a - b) < TINY ? 0 : 1, Double.class)
                .containsExactly(0.1, 0.4, 0.4, 0.7);
        // Two values a and b: standard deviation |a - b| / √2, over √2.
        assertThat(table.arms().get(3).accuracy().standardError()).isCloseTo(0.2, within(TINY));
    }

    @Test
    void differencesArePairedByDocument() {
        // When
        ArmTable table = ArmTable.of(List.of(round(1, TestEvents.measured(first, base, better), true)));

        // Then
        ArmTable.Difference learnt = difference(table, "policy after round 1 − base policy's edits");
        assertThat(learnt.difference().mean()).isCloseTo(0.3, within(TINY));
        // Per document 0.4 and 0.2: their spread, not that of the arms, makes the error.
        assertThat(learnt.difference().standardError()).isCloseTo(0.1, within(TINY));
        ArmTable.Difference passage = difference(table, "passage only − nothing");
        assertThat(passage.difference().mean()).isCloseTo(0.3, within(TINY));
        assertThat(passage.difference().standardError()).isCloseTo(0.1, within(TINY));
    }

    @Test
    void afterARejectionThePolicyIsStillTheParent() {
        // When
        ArmTable table = ArmTable.of(List.of(round(1, TestEvents.measured(first, base, better), false)));

        // Then
        assertThat(table.arms().get(3).accuracy().mean()).isCloseTo(0.4, within(TINY));
    }

    @Test
    void candidateThatCouldNotBeMeasuredMakesNoTable() {
        // Given
        BenchmarkMeasured failed = BenchmarkMeasured.failed(first, 0, "its delta has another rank");

        // When / Then
        assertThatThrownBy(() -> ArmTable.of(List.of(round(1, failed, false))))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("candidate of round 1 could not be measured, its delta has another rank");
    }

    private static RoundReport round(int number, BenchmarkMeasured measured, boolean released) {
        CheckpointDecision decision =
                released ? TestEvents.released(measured.candidate()) : TestEvents.rejected(measured.candidate());
        return new RoundReport(number, 1, RewardSummary.of(Set.of()), measured, decision, 60);
    }

    private static ArmTable.Difference difference(ArmTable table, String name) {
        return table.differences().stream()
                .filter(difference -> difference.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
