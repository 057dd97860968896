package dev.sealstream.console;

import dev.sealstream.console.LineageView.Node;
import dev.sealstream.domain.AdapterReference;
import dev.sealstream.domain.Alarm;
import dev.sealstream.domain.Approval;
import dev.sealstream.domain.ArtifactReference;
import dev.sealstream.domain.CandidateHistory;
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
import static org.assertj.core.api.Assertions.tuple;

class LineageViewTest {
    private static final String BASE = Sha256.hex("base");
    private static final Evidence EVIDENCE = new Evidence(
            new Estimate(0.5, 0.1, 8),
            new Estimate(0.7, 0.1, 8),
            new Estimate(0.2, 0.05, 8),
            List.of(),
            new DeltaSize(1, 0.1, Map.of()),
            0.01);

    private final LineageBoard board = new LineageBoard(10);

    @Test
    void nodesAreVersionsAndCandidatesTheNewestFirstAndTheBaseLast() {
        // Given
        board.decisions().add(List.of(released("c1"), rejected("c2"), held("c3")));

        // When
        var view = board.ask("main", LineageView::of);

        // Then
        assertThat(view.head()).isEqualTo(1);
        assertThat(view.nodes())
                .extracting(Node::candidateId, Node::version, Node::parentVersion, Node::standing, Node::by)
                .containsExactly(
                        tuple("c3", null, 1L, CandidateHistory.Standing.HELD, null),
                        tuple("c2", null, 0L, CandidateHistory.Standing.REJECTED, "Eve"),
                        tuple("c1", 1L, 0L, CandidateHistory.Standing.RELEASED, "Ada"),
                        tuple(null, 0L, null, null, null));
        assertThat(view.waiting()).singleElement().satisfies(waiting -> {
            assertThat(waiting.candidateId()).isEqualTo("c3");
            assertThat(waiting.comparisons()).hasSize(1);
            assertThat(waiting.alarms()).extracting(Alarm::finding).containsExactly("too large");
        });
    }

    @Test
    void versionOfTheArchiveAndWhereTheSearchGoesOnAreShown() {
        // When
        var archived = archived("c1");
        board.decisions()
                .add(List.of(archived, new CheckpointDecision.ParentChosen("main", 1, archived.weightsHash(), 0.5)));

        // Then
        var view = board.ask("main", LineageView::of);
        assertThat(view.head()).isZero();
        assertThat(view.nextParent()).isEqualTo(1);
        assertThat(view.nodes()).hasSize(2);
        assertThat(view.nodes().get(0).version()).isEqualTo(1);
        assertThat(view.nodes().get(0).standing()).isEqualTo(CandidateHistory.Standing.ARCHIVED);
    }

    @Test
    void lineageWithoutRecordsIsTheBaseModel() {
        var view = board.ask("side", LineageView::of);

        assertThat(view.lineage()).isEqualTo("side");
        assertThat(view.head()).isZero();
        assertThat(view.nodes()).hasSize(1);
    }

    @Test
    void decisionThatContradictsTheLogIsLeftOutAndTheRestShown() {
        // When
        board.decisions()
                .add(List.of(new CheckpointDecision.RolledBack("main", 7, BASE, "Eve", "to nowhere"), released("c1")));

        // Then
        assertThat(board.ask("main", LineageView::of).head()).isEqualTo(1);
    }

    @Test
    void logThatIsReadAgainIsNotShownTwice() {
        // Given
        board.decisions().add(List.of(released("c1"), rejected("c2")));

        // When
        board.decisions().clear();
        board.decisions().add(List.of(released("c1"), rejected("c2")));

        // Then
        assertThat(board.ask("main", LineageView::of).nodes()).hasSize(3);
    }

    private static CheckpointDecision released(String id) {
        var candidate = candidate(id);
        return new CheckpointDecision.Released(
                "main",
                1,
                0,
                BASE,
                candidate.weightsHashOn(BASE),
                candidate,
                EVIDENCE,
                new Approval("Ada", "good"),
                "better");
    }

    private static CheckpointDecision.Archived archived(String id) {
        var candidate = candidate(id);
        return new CheckpointDecision.Archived(
                "main", 1, 0, BASE, candidate.weightsHashOn(BASE), candidate, EVIDENCE, "no gain");
    }

    private static CheckpointDecision rejected(String id) {
        return new CheckpointDecision.Rejected("main", candidate(id), EVIDENCE, new Approval("Eve", "bad"), "refused");
    }

    private static CheckpointDecision held(String id) {
        return new CheckpointDecision.Held(
                "main", candidate(id), 1, 1, EVIDENCE, List.of(new Alarm(Alarm.Guard.WEIGHT_ANOMALY, "too large")));
    }

    private static CandidateProposed candidate(String id) {
        var file = new ArtifactReference("store:" + id, 1, Sha256.hex(id));
        return new CandidateProposed(
                id,
                "main",
                CandidateProposed.Kind.POLICY,
                0,
                BASE,
                new AdapterReference(file, file),
                List.of("a@0"),
                0.5,
                1.0,
                0.1,
                0.5,
                null);
    }
}
