package dev.sealstream.domain;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class VersionDiffTest {
    @Test
    void branchesShareWhatTheyHangOn() {
        // Given: versions 2 and 3 on version 1
        var base = Lineage.base("main", Examples.BASE_HASH);
        var one = base.after(Examples.release(base, "c1"));
        var second = Examples.release(one, Examples.knowledge("c2", "ada"), List.of());
        var two = one.after(second);
        var back = two.after(new CheckpointDecision.RolledBack("main", 1, one.weightsHash(), "Ada", "so"));
        var third = Examples.release(back, Examples.knowledge("c3", "bern"), List.of());
        var three = back.after(third);

        // When
        var diff = VersionDiff.between(three, 2, 3);

        // Then
        assertThat(diff.common()).isEqualTo(1);
        assertThat(diff.without()).containsExactly(second);
        assertThat(diff.with()).containsExactly(third);
        assertThat(diff.unlearnt()).extracting(Lesson::dataId).containsExactly("ada");
        assertThat(diff.learnt()).extracting(Lesson::dataId).containsExactly("bern");
    }

    @Test
    void versionIsTheSameAsItself() {
        var base = Lineage.base("main", Examples.BASE_HASH);
        var one = base.after(Examples.release(base, "c1"));

        assertThat(VersionDiff.between(one, 1, 1)).isEqualTo(new VersionDiff(1, List.of(), List.of()));
    }
}
