package dev.sealstream.domain;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HeadTest {
    private static final Head BASE = Head.base("main", Examples.BASE_HASH);

    @Test
    void releasesFollowOneAnother() {
        var first = Examples.release(BASE, "c1");
        var one = BASE.after(first);
        var second = Examples.release(one, "c2");
        var two = one.after(second);

        assertThat(two.version()).isEqualTo(2);
        assertThat(two.releases()).containsExactly(first, second);
        assertThat(two.weightsHash())
                .isEqualTo(WeightsHash.chain(
                        one.weightsHash(), second.candidate().delta().sha256()));
    }

    @Test
    void rejectionsAndOtherLineagesChangeNothing() {
        var candidate = Examples.candidate("c", 0, Examples.BASE_HASH, 1.0);
        var rejected = new CheckpointDecision.Rejected("main", candidate, null, null, null, "no gain");
        var elsewhere = Examples.release(Head.base("other", Examples.BASE_HASH), "c1");

        assertThat(BASE.after(rejected)).isSameAs(BASE);
        assertThat(BASE.after(elsewhere)).isSameAs(BASE);
    }

    @Test
    void rollBackDropsTheTail() {
        var one = BASE.after(Examples.release(BASE, "c1"));
        var two = one.after(Examples.release(one, "c2"));

        assertThat(two.after(rollBack(1, one.weightsHash()))).isEqualTo(one);
        assertThat(two.after(rollBack(0, BASE.weightsHash()))).isEqualTo(BASE);
        assertThatThrownBy(() -> one.after(rollBack(2, two.weightsHash()))).hasMessageContaining("allowed: 0 to 1");
    }

    @Test
    void releaseOnOtherWeightsIsRefused() {
        var foreign = Examples.release(Head.base("main", Sha256.hex("another model")), "c1");
        var one = BASE.after(Examples.release(BASE, "c1"));
        var late = Examples.release(BASE, "c2");

        assertThatThrownBy(() -> BASE.after(foreign)).hasMessageContaining("does not follow head 0");
        assertThatThrownBy(() -> one.after(late)).hasMessageContaining("does not follow head 1");
    }

    @Test
    void versionCountsTheReleases() {
        assertThatThrownBy(() -> new Head("main", 1, Examples.BASE_HASH, List.of()))
                .hasMessageContaining("version 1")
                .hasMessageContaining("0 releases");
    }

    private static CheckpointDecision rollBack(long version, String hash) {
        return new CheckpointDecision.RolledBack("main", version, hash, "someone", "it forgot");
    }
}
