package dev.sealstream.domain;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Versions that do not serve, and where policy training goes on among them. */
class LineageArchiveTest {
    private static final Lineage BASE = Lineage.base("main", Examples.BASE_HASH);

    @Test
    void archivedVersionHasWeightsAndANumberButDoesNotServe() {
        // Given
        var archived = Examples.archived(BASE, "c1", 0, 0.4);

        // When
        var lineage = BASE.after(archived);

        // Then
        assertThat(lineage.version()).isZero();
        assertThat(lineage.has(1)).isTrue();
        assertThat(lineage.weightsHash(1)).isEqualTo(archived.weightsHash());
        assertThat(lineage.chain(1)).containsExactly(archived);
        assertThat(lineage.releases()).isEmpty();
        assertThat(lineage.nextVersion()).isEqualTo(2);
    }

    @Test
    void chosenParentHoldsUntilAPolicyIsDecided() {
        // Given
        var one = BASE.after(Examples.archived(BASE, "c1", 0, 0.4));
        var searching = one.after(choice(one, 1));
        var lesson = Examples.release(searching, Examples.knowledge("k1", "d1"), List.of());
        var held = new CheckpointDecision.Held(
                "main", candidateOn(searching, 1), 0, 1, Examples.evidence(1, List.of()), List.of());

        // When
        var meanwhile = searching.after(lesson).after(held);
        var decided = meanwhile.after(rejected(candidateOn(searching, 1)));

        // Then
        assertThat(one.nextParent()).isZero();
        assertThat(searching.nextParent()).isEqualTo(1);
        assertThat(meanwhile.nextParent()).isEqualTo(1);
        assertThat(decided.isSearching()).isFalse();
        assertThat(decided.nextParent()).isEqualTo(decided.version());
    }

    @Test
    void candidateOfABranchStandsOnItsOwnParent() {
        // Given: version 1 serves, version 2 of the base does not, and the search goes on from 2
        var one = BASE.after(Examples.release(BASE, "c1"));
        var two = one.after(Examples.archived(one, "c2", 0, 0.4));
        var searching = two.after(choice(two, 2));

        // Then
        assertThat(searching.foundation(candidateOn(searching, 2))).isEqualTo(2);
        assertThat(searching.foundation(candidateOn(searching, 0)))
                .as("trained on what the search did not choose")
                .isEqualTo(1);
        assertThat(two.foundation(candidateOn(two, 2))).as("nothing was chosen").isEqualTo(1);
        assertThat(searching.foundation(Examples.knowledge("k1", "d1")))
                .as("what is learnt for good is for the head")
                .isEqualTo(1);
        assertThat(searching.foundation(Examples.candidate("c9", 2, Sha256.hex("other"), 1)))
                .as("other weights of that number")
                .isEqualTo(1);
    }

    @Test
    void candidateKeepsTheLessonsThatTheHeadLearntSince() {
        // Given: the search goes on from the head, which then learns a document
        var one = BASE.after(Examples.release(BASE, "c1"));
        var searching = one.after(choice(one, 1));
        var learnt = searching.after(Examples.release(searching, Examples.knowledge("k1", "d1"), List.of()));

        // Then
        assertThat(learnt.foundation(candidateOn(learnt, 1))).isEqualTo(2);
    }

    @Test
    void onlyTheChosenVersionTeachesThePolicy() {
        // Given
        var one = BASE.after(Examples.release(BASE, "c1"));
        var two = one.after(Examples.archived(one, "c2", 0, 0.4));
        var searching = two.after(choice(two, 2));

        // Then
        assertThat(two.policyStaleness(1)).hasValue(0);
        assertThat(two.policyStaleness(2)).isEmpty();
        assertThat(searching.policyStaleness(2)).hasValue(0);
        assertThat(searching.policyStaleness(1)).isEmpty();
        assertThat(searching.staleness(1)).hasValue(0);
    }

    @Test
    void choiceOfAVersionThatNeverWasContradictsTheLog() {
        var unknown = new CheckpointDecision.ParentChosen("main", 3, Examples.BASE_HASH, 0.5);

        assertThatThrownBy(() -> BASE.after(unknown))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot go on from version 3; allowed: 0 or one of []");
    }

    private static CheckpointDecision choice(Lineage lineage, long version) {
        return new CheckpointDecision.ParentChosen("main", version, lineage.weightsHash(version), 0.5);
    }

    private static CandidateProposed candidateOn(Lineage lineage, long version) {
        return Examples.candidate("c9", version, lineage.weightsHash(version), 1);
    }

    private static CheckpointDecision rejected(CandidateProposed candidate) {
        return new CheckpointDecision.Rejected("main", candidate, null, null, "not measured");
    }
}
