package dev.sealstream.domain;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReleaseRuleTest {
    private static final ReleaseRule RULE = new ReleaseRule(0.05, 1.0, 10.0);
    private static final double[][] PARENT = {{0.0, 0.3, 0.4}, {0.2, 0.3, 0.4}, {0.1, 0.3, 0.4}};
    private static final double[][] BETTER = {{0.0, 0.3, 0.6}, {0.2, 0.3, 0.5}, {0.1, 0.3, 0.6}};

    @Test
    void gainBeyondNoiseIsReleasedOnTheHead() {
        var decision = RULE.decide(measured(0, 1.0, PARENT, BETTER), 0, null);

        assertThat(decision).isInstanceOfSatisfying(CheckpointDecision.Released.class, released -> {
            assertThat(released.version()).isEqualTo(1);
            assertThat(released.weightsHash()).isEqualTo(released.candidate().weightsHash());
            assertThat(released.gain().count()).isEqualTo(3);
            assertThat(released.benchmarkAfter().mean())
                    .isGreaterThan(released.benchmarkBefore().mean());
            assertThat(released.reason()).isEqualTo("gain on the benchmark is +0.167 ± 0.033 over 3 documents");
        });
    }

    @Test
    void gainWithinNoiseIsRejected() {
        double[][] noisy = {{0.0, 0.3, 0.9}, {0.2, 0.3, 0.1}, {0.1, 0.3, 0.4}};

        assertThat(reason(RULE.decide(measured(0, 1.0, PARENT, noisy), 0, null)))
                .contains("gain on the benchmark is +0.067")
                .contains("1.0 standard errors");
    }

    @Test
    void forgottenKnowledgeIsRejected() {
        double[][] forgetful = {{0.0, 0.3, 0.9}, {0.0, 0.3, 0.9}, {0.0, 0.3, 0.9}};

        assertThat(reason(RULE.decide(measured(0, 1.0, PARENT, forgetful), 0, null)))
                .isEqualTo("closed-book accuracy fell by 0.100, tolerated: 0.050");
    }

    @Test
    void lostAbilityToLearnIsRejected() {
        double[][] dull = {{0.0, 0.1, 0.9}, {0.2, 0.1, 0.9}, {0.1, 0.1, 0.9}};

        assertThat(reason(RULE.decide(measured(0, 1.0, PARENT, dull), 0, null)))
                .isEqualTo("accuracy after training on the passage alone fell by 0.200, tolerated: 0.050");
    }

    @Test
    void wildWeightChangeIsRejected() {
        assertThat(reason(RULE.decide(measured(0, 10.5, PARENT, BETTER), 0, null)))
                .isEqualTo("weight change has norm 10.5, allowed: at most 10.0");
        assertThat(reason(RULE.decide(measured(0, Double.NaN, PARENT, BETTER), 0, null)))
                .contains("NaN");
    }

    @Test
    void candidateOfAnOlderHeadIsRejected() {
        String headHash = Sha256.hex("head");

        assertThat(reason(RULE.decide(measured(0, 1.0, PARENT, BETTER), 1, headHash)))
                .isEqualTo("trained on version 0, the head is version 1; train it again on the head");
    }

    @Test
    void sameVersionOfOtherWeightsIsRejected() {
        assertThat(RULE.decide(measured(1, 1.0, PARENT, BETTER), 1, Sha256.hex("head")))
                .isInstanceOf(CheckpointDecision.Rejected.class);
        assertThat(RULE.decide(measured(1, 1.0, PARENT, BETTER), 1, Examples.BASE_HASH))
                .isInstanceOf(CheckpointDecision.Released.class);
    }

    @Test
    void failedMeasurementIsRejectedWithItsReason() {
        var failed = new BenchmarkMeasured(
                Examples.candidate("c", 0, Examples.BASE_HASH, 1.0), null, null, "weights are not finite");

        assertThat(reason(RULE.decide(failed, 0, null))).isEqualTo("could not be measured: weights are not finite");
    }

    @Test
    void documentsMustPair() {
        var measured = new BenchmarkMeasured(
                Examples.candidate("c", 0, Examples.BASE_HASH, 1.0),
                new Measurement("parent", List.of(new DocumentScore("d1", 0, 0, 0))),
                new Measurement("subject", List.of(new DocumentScore("d2", 0, 0, 1))),
                null);

        assertThatThrownBy(() -> RULE.decide(measured, 0, null)).hasMessageContaining("d2");
    }

    @Test
    void limitsOutsideTheirRangeAreRefused() {
        assertThatThrownBy(() -> new ReleaseRule(1.1, 1, 1)).hasMessageContaining("tolerance is 1.1");
        assertThatThrownBy(() -> new ReleaseRule(0.1, -1, 1)).hasMessageContaining("gainStandardErrors is -1");
        assertThatThrownBy(() -> new ReleaseRule(0.1, 1, 0)).hasMessageContaining("frobeniusNormMax is 0");
    }

    private static String reason(CheckpointDecision decision) {
        assertThat(decision).isInstanceOf(CheckpointDecision.Rejected.class);
        return ((CheckpointDecision.Rejected) decision).reason();
    }

    private static BenchmarkMeasured measured(
            long parentVersion, double norm, double[][] parentScores, double[][] subjectScores) {
        var candidate = Examples.candidate("c", parentVersion, Examples.BASE_HASH, norm);
        return new BenchmarkMeasured(
                candidate,
                measurement(Examples.BASE_HASH, parentScores),
                measurement(candidate.weightsHash(), subjectScores),
                null);
    }

    /** @param scores for each document: nothing, passage only, self-edits */
    private static Measurement measurement(String hash, double[][] scores) {
        var documents = new ArrayList<DocumentScore>();
        for (double[] score : scores) {
            documents.add(new DocumentScore("d" + documents.size(), score[0], score[1], score[2]));
        }
        return new Measurement(hash, documents);
    }
}
