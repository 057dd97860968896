package dev.sealstream.domain;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LineageTest {
    private static final Lineage BASE = Lineage.base("main", Examples.BASE_HASH);

    @Test
    void releasesFollowOneAnother() {
        // Given
        var first = Examples.release(BASE, "c1");
        var one = BASE.after(first);
        var second = Examples.release(one, "c2");

        // When
        var two = one.after(second);

        // Then
        assertThat(two.version()).isEqualTo(2);
        assertThat(two.chain(2)).containsExactly(first, second);
        assertThat(two.weightsHash())
                .isEqualTo(WeightsHash.chain(
                        one.weightsHash(), second.candidate().delta().sha256()));
        assertThat(BASE.after(List.of(first, second))).isEqualTo(two);
    }

    @Test
    void rejectedAndHeldCandidatesAndOtherLineagesChangeNothing() {
        var candidate = Examples.candidate("c", 0, Examples.BASE_HASH, 1.0);
        var rejected = new CheckpointDecision.Rejected("main", candidate, null, null, "no gain");
        var held = new CheckpointDecision.Held("main", candidate, 0, 0, Examples.evidence(1.0, List.of()), List.of());
        var elsewhere = Examples.release(Lineage.base("other", Examples.BASE_HASH), "c1");

        assertThat(BASE.after(List.of(rejected, held, elsewhere))).isEqualTo(BASE);
    }

    @Test
    void headMovesBackAndForwardAndNothingIsDeleted() {
        // Given
        var one = BASE.after(Examples.release(BASE, "c1"));
        var two = one.after(Examples.release(one, "c2"));

        // When
        var back = two.after(headTo(1, one.weightsHash()));

        // Then
        assertThat(back.version()).isEqualTo(1);
        assertThat(back.weightsHash()).isEqualTo(one.weightsHash());
        assertThat(back.after(headTo(2, two.weightsHash()))).isEqualTo(two);
        assertThat(two.after(headTo(0, Examples.BASE_HASH)).weightsHash()).isEqualTo(Examples.BASE_HASH);
        assertThatThrownBy(() -> one.after(headTo(2, two.weightsHash())))
                .hasMessageContaining("version 2")
                .hasMessageContaining("0 or one of [1]");
    }

    @Test
    void versionNumbersAreNeverUsedTwice() {
        // Given
        var one = BASE.after(Examples.release(BASE, "c1"));
        var two = one.after(Examples.release(one, "c2"));
        var back = two.after(headTo(1, one.weightsHash()));

        // When
        var branch = back.after(Examples.release(back, "c3"));

        // Then
        assertThat(branch.version()).isEqualTo(3);
        assertThat(branch.chain(3)).extracting(release -> release.version()).containsExactly(1L, 3L);
        assertThat(branch.weightsHash(2)).isEqualTo(two.weightsHash());
        assertThat(branch.releases()).hasSize(3);
    }

    @Test
    void secondReleaseOfTheSameNumberIsVoid() {
        // Given: two writers that each believe to be the only one
        var one = BASE.after(Examples.release(BASE, "c1"));

        // When
        var after = one.after(Examples.release(BASE, "c2"));

        // Then: the order of the log decides, alike for every reader
        assertThat(after).isEqualTo(one);
    }

    @Test
    void releaseOnOtherWeightsIsRefused() {
        var foreign = Examples.release(Lineage.base("main", Sha256.hex("another model")), "c1");
        var one = BASE.after(Examples.release(BASE, "c1"));
        var orphan = Examples.release(one, "c2");

        assertThatThrownBy(() -> BASE.after(foreign)).hasMessageContaining("base model");
        assertThatThrownBy(() -> BASE.after(orphan)).hasMessageContaining("on version 1");
    }

    @Test
    void stalenessCountsReleasesAndIsEmptyBesideTheHead() {
        var one = BASE.after(Examples.release(BASE, "c1"));
        var two = one.after(Examples.release(one, "c2"));
        var back = two.after(headTo(1, one.weightsHash()));
        var branch = back.after(Examples.release(back, "c3"));

        assertThat(two.staleness(2)).hasValue(0);
        assertThat(two.staleness(0)).hasValue(2);
        assertThat(back.staleness(2)).isEmpty();
        assertThat(branch.staleness(2)).isEmpty();
        assertThat(branch.staleness(1)).hasValue(1);
        assertThat(branch.staleness(7)).isEmpty();
    }

    @Test
    void lessonsAndWhatWasLearntAreThoseOfTheChain() {
        // Given
        var one = BASE.after(Examples.release(
                BASE,
                Examples.knowledge("k1", "d1"),
                List.of(new KnowledgeChange("d1", false, 0.1, 0.8), new KnowledgeChange("d0", true, 0.5, 0.4))));
        var two = one.after(Examples.release(one, "c2"));
        var three = two.after(Examples.release(
                two, Examples.knowledge("k2", "d2"), List.of(new KnowledgeChange("d2", false, 0.0, 0.6))));

        // Then
        assertThat(three.lessons(3)).extracting(Lesson::dataId).containsExactly("d1", "d2");
        assertThat(three.lessons(2)).extracting(Lesson::dataId).containsExactly("d1");
        assertThat(three.learnt(3)).containsOnlyKeys("d1", "d2").containsEntry("d1", 0.8);
    }

    @Test
    void unknownVersionIsNamed() {
        assertThatThrownBy(() -> BASE.weightsHash(4)).hasMessageContaining("no version 4");
    }

    private static CheckpointDecision headTo(long version, String hash) {
        return new CheckpointDecision.RolledBack("main", version, hash, "someone", "it forgot");
    }
}
