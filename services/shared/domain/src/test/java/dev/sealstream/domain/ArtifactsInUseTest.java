package dev.sealstream.domain;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ArtifactsInUseTest {
    private static final Lineage BASE = Lineage.base("main", Examples.BASE_HASH);
    private static final CandidateProposed CANDIDATE = Examples.candidate("c", 0, Examples.BASE_HASH, 1.0);

    private final ArtifactsInUse inUse = new ArtifactsInUse();

    @Test
    void deltaOfAReleaseIsNeededAlsoAfterARollBack() {
        inUse.add(Examples.release(BASE, "c"));
        inUse.add(new CheckpointDecision.RolledBack("main", 0, Examples.BASE_HASH, "Ada", "it forgot"));

        assertThat(isNeeded()).isTrue();
    }

    @Test
    void deltaThatWaitsIsNeededUntilItIsRejected() {
        inUse.add(new CheckpointDecision.Held("main", CANDIDATE, 0, Examples.evidence(1.0, List.of()), List.of()));
        assertThat(isNeeded()).isTrue();

        inUse.add(new CheckpointDecision.Rejected("main", CANDIDATE, null, null, "no gain"));
        assertThat(isNeeded()).isFalse();
    }

    @Test
    void configurationIsNeededAsMuchAsTheWeights() {
        inUse.add(Examples.release(BASE, "c"));

        assertThat(inUse.contains(CANDIDATE.delta().configuration().sha256())).isTrue();
        assertThat(inUse.contains(Sha256.hex("something else"))).isFalse();
    }

    private boolean isNeeded() {
        return inUse.contains(CANDIDATE.delta().weights().sha256());
    }
}
