package dev.sealstream.domain;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BallotTest {
    private static final Lineage BASE = Lineage.base("main", Examples.BASE_HASH);

    private final LineageHistory history = new LineageHistory("main", 100);
    private final Ballot ballot = new Ballot(history);

    @Test
    void candidateThatIsNotMeasuredYetCanBeDecidedToo() {
        // Given
        history.proposed(Examples.candidate("c1", 0, Examples.BASE_HASH, 1.0));

        // When
        var approval = ballot.on("c1", true, "Ada", "it reads well");

        // Then
        assertThat(approval).isEqualTo(new ApprovalGiven("c1", "main", "Ada", true, "it reads well"));
    }

    @Test
    void candidateIsDecidedOnce() {
        // Given
        history.decided(Examples.release(BASE, "c1"));

        // When, then
        assertThatThrownBy(() -> ballot.on("c1", false, "Ada", "too late"))
                .isInstanceOf(RefusedDecisionException.class)
                .hasMessage("candidate c1 is already released as version 1; allowed: an undecided candidate, of which"
                        + " there is none now; a release is undone by rolling back to version 0");
    }

    @Test
    void headMovesToAnyOtherReleasedVersion() {
        // Given
        history.decided(Examples.release(BASE, "c1"));

        // When, then
        assertThat(ballot.rollBack(0, "Ada", "start over"))
                .isEqualTo(new RollbackOrdered("main", 0, "Ada", "start over"));
        assertThatThrownBy(() -> ballot.rollBack(1, "Ada", "again")).hasMessageContaining("the head");
        assertThatThrownBy(() -> ballot.rollBack(2, "Ada", "forward"))
                .hasMessageStartingWith("version 2 is unknown to lineage main; allowed: 0, 1;");
    }

    @Test
    void manyCandidatesAreCountedAfterTheFirst() {
        // Given
        for (int i = 0; i < 10; i++) {
            history.proposed(Examples.candidate("c" + i, 0, Examples.BASE_HASH, 1.0));
        }

        // When, then
        assertThatThrownBy(() -> ballot.on("x", true, "Ada", "good"))
                .hasMessageContaining("c0, c1, c2, c3, c4, c5, c6, c7 and 2 more");
    }
}
