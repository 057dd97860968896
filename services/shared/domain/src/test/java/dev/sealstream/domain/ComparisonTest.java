package dev.sealstream.domain;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ComparisonTest {
    @Test
    void ownDatumComesBeforeEarlierDataAndOfThoseTheWorstFirst() {
        // Given
        var evidence = Examples.evidence(
                1.0,
                List.of(
                        new KnowledgeChange("new", false, 0.0, 0.75),
                        new KnowledgeChange("kept", true, 0.5, 0.5),
                        new KnowledgeChange("lost", true, 1.0, 0.25, true)));

        // When
        var all = comparisons(evidence);

        // Then
        assertThat(all)
                .extracting(Comparison::what)
                .containsExactly(
                        "held-out documents, after own self-edits",
                        "own questions: new",
                        "earlier data, mean of 2",
                        "earlier data: lost (asked by the model itself)",
                        "earlier data: kept");
        assertThat(all.get(2).before()).isCloseTo(0.75, within(1e-12));
        assertThat(all.get(2).change()).isCloseTo(-0.375, within(1e-12));
        assertThat(all.get(1).standardError()).isNull();
    }

    @Test
    void candidateThatCouldNotBeMeasuredHasNothingToCompare() {
        assertThat(comparisons(null)).isEmpty();
    }

    private static List<Comparison> comparisons(Evidence evidence) {
        var candidate = Examples.candidate("c", 0, Examples.BASE_HASH, 1.0);
        var end = new CheckpointDecision.Rejected("main", candidate, evidence, null, "no");
        return Comparison.of(new CandidateHistory(candidate, null, null, end));
    }
}
