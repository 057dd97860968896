package dev.sealstream.devstack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.Measurement;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class DemoReportTest {
    private final CandidateProposed candidate = TestEvents.candidate(TestEvents.BASE, 0, "one");
    private final Measurement base =
            TestEvents.measurement(TestEvents.BASE, new double[] {0, 0.25, 0.5}, new double[] {0, 0.75, 0.5});
    private final Measurement better = TestEvents.measurement(
            candidate.weightsHashOn(TestEvents.BASE), new double[] {0, 0.5, 1}, new double[] {0, 0.5, 0.5});

    @Test
    void jsonHoldsTableDifferencesRewardsAndDecisions() {
        // Given
        RewardSummary rewards = RewardSummary.of(
                List.of(TestEvents.reward("one", 0, 0, 0.25, false), TestEvents.reward("one", 0, 1, 0.75, true)));
        RoundReport round = new RoundReport(
                1, 1, rewards, TestEvents.measured(candidate, base, better), TestEvents.released(candidate), 61.26);
        List<RoundReport> rounds = List.of(round);
        DemoReport report = new DemoReport(new DemoSettings(1, 1, 2, 7), rounds, ArmTable.of(rounds), 100);

        // When
        JsonNode json = new ObjectMapper().valueToTree(report.asMap());

        // Then
        assertThat(json.at("/seed").asInt()).isEqualTo(7);
        assertThat(json.at("/table/3/arm").asText()).isEqualTo("policy after round 1");
        assertThat(json.at("/table/3/mean").asDouble()).isEqualTo(0.75);
        assertThat(json.at("/table/3/n").asInt()).isEqualTo(2);
        assertThat(json.at("/pairedDifferences/2/difference").asText())
                .isEqualTo("policy after round 1 − base policy's edits");
        assertThat(json.at("/pairedDifferences/2/standardError").asDouble()).isEqualTo(0.25);
        assertThat(json.at("/rewards/0/all/mean").asDouble()).isEqualTo(0.5);
        assertThat(json.at("/rewards/0/selected/mean").asDouble()).isEqualTo(0.75);
        assertThat(json.at("/rewards/0/selected/standardError").isNull()).isTrue();
        assertThat(json.at("/rewards/0/endings/SCORED").asInt()).isEqualTo(2);
        assertThat(json.at("/decisions/0/released").asBoolean()).isTrue();
        assertThat(json.at("/decisions/0/version").asInt()).isEqualTo(1);
        assertThat(json.at("/decisions/0/reason").asText()).isEqualTo("it is better");
        assertThat(json.at("/decisions/0/seconds").asDouble()).isEqualTo(61.3);
    }
}
