package dev.sealstream.domain;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReleaseRuleTest {
    private static final ReleaseRule RULE = new ReleaseRule(0.05, 1.0, 0.1, 0.05, 0.9);
    private static final double[][] PARENT = {{0.0, 0.3, 0.4}, {0.2, 0.3, 0.4}, {0.1, 0.3, 0.4}};
    private static final double[][] BETTER = {{0.0, 0.3, 0.6}, {0.2, 0.3, 0.5}, {0.1, 0.3, 0.6}};

    @Test
    void policyThatGainsBeyondNoisePasses() {
        assertThat(RULE.judge(policy(PARENT, BETTER), Map.of()))
                .isEqualTo(new Judgement(true, "gain on the benchmark is +0.167 ± 0.033 over 3 documents"));
    }

    @Test
    void policyThatGainsWithinNoiseFails() {
        double[][] noisy = {{0.0, 0.3, 0.9}, {0.2, 0.3, 0.1}, {0.1, 0.3, 0.4}};

        assertThat(objection(policy(PARENT, noisy), Map.of()))
                .contains("gain on the benchmark is +0.067")
                .contains("1.0 standard errors");
    }

    @Test
    void lostBareKnowledgeFails() {
        double[][] forgetful = {{0.0, 0.3, 0.9}, {0.0, 0.3, 0.9}, {0.0, 0.3, 0.9}};

        assertThat(objection(policy(PARENT, forgetful), Map.of()))
                .isEqualTo("closed-book accuracy fell by 0.100, tolerated: 0.050");
    }

    @Test
    void lostAbilityToLearnFails() {
        double[][] dull = {{0.0, 0.1, 0.9}, {0.2, 0.1, 0.9}, {0.1, 0.1, 0.9}};

        assertThat(objection(policy(PARENT, dull), Map.of()))
                .isEqualTo("accuracy after training on the passage alone fell by 0.200, tolerated: 0.050");
    }

    @Test
    void knowledgeThatSticksPassesWithoutTeachingMore() {
        var judgement = RULE.judge(knowledge(PARENT, own(0.1, 0.7)), Map.of());

        assertThat(judgement).isEqualTo(new Judgement(true, "accuracy on its own datum goes from 0.100 to 0.700"));
    }

    @Test
    void knowledgeThatDoesNotStickFails() {
        assertThat(objection(knowledge(PARENT, own(0.5, 0.55)), Map.of())).contains("needed: a gain of 0.100 or more");
    }

    @Test
    void knowledgeThatSpoilsTheWriterFails() {
        double[][] worse = {{0.0, 0.3, 0.3}, {0.2, 0.3, 0.3}, {0.1, 0.3, 0.3}};

        assertThat(objection(knowledge(worse, own(0.1, 0.9)), Map.of()))
                .isEqualTo("accuracy after self-edits fell by 0.100, tolerated: 0.050");
    }

    @Test
    void forgettingWhatWasLearntEarlierFailsForBothKinds() {
        var earlier = new KnowledgeChange("old", true, 0.8, 0.7);

        assertThat(objection(knowledge(PARENT, own(0.1, 0.9), earlier), Map.of()))
                .isEqualTo("accuracy on 1 data learnt earlier fell from 0.800 to 0.700, tolerated drop: 0.050");
        assertThat(objection(policy(PARENT, BETTER, earlier), Map.of())).contains("fell from 0.800 to 0.700");
    }

    @Test
    void slowErosionFailsOnceTooLittleIsLeft() {
        // Given: each step loses less than is tolerated, all of them together more
        var small = new KnowledgeChange("old", true, 0.73, 0.70);
        var same = new KnowledgeChange("old", true, 0.70, 0.70);

        assertThat(objection(knowledge(PARENT, own(0.1, 0.9), small), Map.of("old", 0.8)))
                .contains("would be 0.700, right after learning it was 0.800");
        assertThat(RULE.judge(knowledge(PARENT, own(0.1, 0.9), small), Map.of("old", 0.75))
                        .passed())
                .isTrue();
        assertThat(RULE.judge(knowledge(PARENT, own(0.1, 0.9), same), Map.of("old", 0.8))
                        .passed())
                .isTrue();
    }

    @Test
    void failedMeasurementFailsWithItsReason() {
        var failed = BenchmarkMeasured.failed(candidate(), 0, "weights are not finite");

        assertThat(objection(failed, Map.of())).isEqualTo("could not be measured: weights are not finite");
    }

    @Test
    void documentsAndDataMustPair() {
        var one = new Measurement("parent", List.of(new DocumentScore("d1", 0, 0, 0)));
        var other = new Measurement("subject", List.of(new DocumentScore("d2", 0, 0, 1)));
        var unasked = one.withKnowledge(List.of(new KnowledgeScore("x", 1)));

        assertThatThrownBy(() -> RULE.judge(measured(candidate(), one, other), Map.of()))
                .hasMessageContaining("d2");
        assertThatThrownBy(() -> RULE.judge(measured(candidate(), one, unasked), Map.of()))
                .hasMessageContaining("datum x");
    }

    @Test
    void knowledgeMeasuredWithoutItsOwnDatumIsRefused() {
        assertThatThrownBy(() -> RULE.judge(knowledge(PARENT), Map.of())).hasMessageContaining("own datum new");
    }

    @Test
    void limitsOutsideTheirRangeAreRefused() {
        assertThatThrownBy(() -> new ReleaseRule(1.1, 1, 0, 0, 1)).hasMessageContaining("tolerance is 1.1");
        assertThatThrownBy(() -> new ReleaseRule(0.1, -1, 0, 0, 1)).hasMessageContaining("gainStandardErrors is -1");
        assertThatThrownBy(() -> new ReleaseRule(0.1, 1, 2, 0, 1)).hasMessageContaining("knowledgeGain is 2");
        assertThatThrownBy(() -> new ReleaseRule(0.1, 1, 0, -1, 1)).hasMessageContaining("forgetting is -1");
        assertThatThrownBy(() -> new ReleaseRule(0.1, 1, 0, 0, 2)).hasMessageContaining("retention is 2");
    }

    private static String objection(BenchmarkMeasured measured, Map<String, Double> learnt) {
        var judgement = RULE.judge(measured, learnt);
        assertThat(judgement.passed()).isFalse();
        return judgement.reason();
    }

    private static CandidateProposed candidate() {
        return Examples.candidate("c", 0, Examples.BASE_HASH, 1.0);
    }

    private static KnowledgeChange own(double before, double after) {
        return new KnowledgeChange("new", false, before, after);
    }

    private static BenchmarkMeasured policy(double[][] parent, double[][] subject, KnowledgeChange... knowledge) {
        return measured(candidate(), scores(parent, knowledge, true), scores(subject, knowledge, false));
    }

    private static BenchmarkMeasured knowledge(double[][] subject, KnowledgeChange... knowledge) {
        return measured(
                Examples.knowledge("k", "new"), scores(PARENT, knowledge, true), scores(subject, knowledge, false));
    }

    private static BenchmarkMeasured measured(CandidateProposed candidate, Measurement parent, Measurement subject) {
        return new BenchmarkMeasured(candidate, 0, 0, null, parent, subject, Examples.size(1.0), 0.01, List.of(), null);
    }

    /** @param scores for each document: nothing, passage only, self-edits */
    private static Measurement scores(double[][] scores, KnowledgeChange[] knowledge, boolean before) {
        var documents = new ArrayList<DocumentScore>();
        for (double[] score : scores) {
            documents.add(new DocumentScore("d" + documents.size(), score[0], score[1], score[2]));
        }
        var known = new ArrayList<KnowledgeScore>();
        for (var change : knowledge) {
            known.add(new KnowledgeScore(change.dataId(), before ? change.before() : change.after()));
        }
        return new Measurement(before ? "parent" : "subject", documents, known);
    }
}
