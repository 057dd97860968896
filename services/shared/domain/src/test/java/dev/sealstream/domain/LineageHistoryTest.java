package dev.sealstream.domain;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LineageHistoryTest {
    private static final Lineage BASE = Lineage.base("main", Examples.BASE_HASH);
    private static final Evidence EVIDENCE = Examples.evidence(1.0, List.of());

    private final LineageHistory history = new LineageHistory("main", 2);

    @Test
    void candidateStandsWhereItsLatestEventPutsIt() {
        // Given
        var candidate = Examples.candidate("c1", 0, Examples.BASE_HASH, 1.0);

        // When, then
        history.proposed(candidate);
        assertThat(standing("c1")).isEqualTo(CandidateHistory.Standing.PROPOSED);
        history.decided(held(candidate));
        assertThat(standing("c1")).isEqualTo(CandidateHistory.Standing.HELD);
        assertThat(history.waiting()).hasSize(1);
        history.decided(Examples.release(BASE, candidate, List.of()));
        assertThat(standing("c1")).isEqualTo(CandidateHistory.Standing.RELEASED);
        assertThat(history.waiting()).isEmpty();
        assertThat(history.head()).isEqualTo(1);
    }

    @Test
    void orderBetweenTopicsDoesNotMatter() {
        // Given
        var candidate = Examples.candidate("c1", 0, Examples.BASE_HASH, 1.0);

        // When
        history.decided(rejected(candidate));
        history.measured(BenchmarkMeasured.failed(candidate, 0, "too large"));
        history.proposed(candidate);

        // Then
        var one = history.candidate("c1").orElseThrow();
        assertThat(one.standing()).isEqualTo(CandidateHistory.Standing.REJECTED);
        assertThat(one.reason()).isEqualTo("refused");
        assertThat(one.person()).isEqualTo(new Approval("Ada", "no"));
        assertThat(one.measured().failure()).isEqualTo("too large");
        assertThat(history.candidates()).hasSize(1);
    }

    @Test
    void versionReleasedTwiceCountsOnce() {
        // Given
        history.decided(Examples.release(BASE, "c1"));

        // When
        history.decided(Examples.release(BASE, "c2"));

        // Then
        assertThat(history.versions()).hasSize(1);
        assertThat(history.candidate("c2")).isEmpty();
    }

    @Test
    void releasesAreAllKeptAndOfTheRestTheNewest() {
        // Given
        var lineage = BASE;

        // When
        for (int i = 0; i < 5; i++) {
            var release = Examples.release(lineage, "released-" + i);
            lineage = lineage.after(release);
            history.decided(release);
            history.decided(rejected(Examples.candidate("rejected-" + i, 0, Examples.BASE_HASH, 1.0)));
        }

        // Then
        assertThat(history.versions()).hasSize(5);
        assertThat(history.decisions()).hasSize(9);
        assertThat(history.candidate("rejected-4")).isPresent();
        assertThat(history.candidate("rejected-2")).isEmpty();
    }

    @Test
    void otherLineagesChangeNothing() {
        // When
        history.decided(Examples.release(Lineage.base("other", Examples.BASE_HASH), "c1"));
        history.decided(new CheckpointDecision.RolledBack("other", 3, Examples.BASE_HASH, "Ada", "so"));

        // Then
        assertThat(history.decisions()).isEmpty();
        assertThat(history.tree()).isEmpty();
    }

    @Test
    void releaseOfAVersionThatHangsOnNothingIsRefused() {
        var second = Examples.release(BASE.after(Examples.release(BASE, "c1")), "c2");

        assertThatThrownBy(() -> history.decided(second)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void topicThatIsReadAgainStartsOver() {
        // Given
        var release = Examples.release(BASE, "c1");
        history.decided(release);
        history.decided(new CheckpointDecision.RolledBack("main", 0, Examples.BASE_HASH, "Ada", "so"));

        // When
        history.forgetDecisions();
        history.decided(release);

        // Then
        assertThat(history.head()).isEqualTo(1);
        assertThat(history.decisions()).hasSize(1);
    }

    private CandidateHistory.Standing standing(String id) {
        return history.candidate(id).orElseThrow().standing();
    }

    private static CheckpointDecision held(CandidateProposed candidate) {
        return new CheckpointDecision.Held("main", candidate, 0, 0, EVIDENCE, List.of());
    }

    private static CheckpointDecision rejected(CandidateProposed candidate) {
        return new CheckpointDecision.Rejected("main", candidate, EVIDENCE, new Approval("Ada", "no"), "refused");
    }
}
