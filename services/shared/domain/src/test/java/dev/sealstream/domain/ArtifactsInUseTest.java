package dev.sealstream.domain;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

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
        inUse.add(new CheckpointDecision.Held("main", CANDIDATE, 0, 0, Examples.evidence(1.0, List.of()), List.of()));
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

    @Test
    void newestTwoSnapshotsOfEachLineageAreNeeded() {
        inUse.add(snapshot("main", 16));
        inUse.add(snapshot("main", 48));
        inUse.add(snapshot("side", 8));
        inUse.add(snapshot("main", 32));

        assertThat(inUse.contains(Sha256.hex("main 16"))).isFalse();
        assertThat(inUse.contains(Sha256.hex("main 32"))).isTrue();
        assertThat(inUse.contains(Sha256.hex("main 48"))).isTrue();
        assertThat(inUse.contains(Sha256.hex("side 8"))).isTrue();
    }

    @Test
    void fileThatANewerSnapshotSharesIsNeeded() {
        var tokenizer = new ArtifactReference("store:tokenizer", 1, Sha256.hex("tokenizer"));
        for (long version = 1; version <= 3; version++) {
            inUse.add(new SnapshotTaken(
                    "main", version, Sha256.hex("w" + version), Map.of("tokenizer.json", tokenizer), List.of()));
        }

        assertThat(inUse.contains(tokenizer.sha256())).isTrue();
    }

    private static SnapshotTaken snapshot(String lineage, long version) {
        String content = lineage + " " + version;
        var weights = new ArtifactReference("store:" + content, 1, Sha256.hex(content));
        return new SnapshotTaken(
                lineage, version, Sha256.hex("hash of " + content), Map.of("model.safetensors", weights), List.of());
    }

    private boolean isNeeded() {
        return inUse.contains(CANDIDATE.delta().weights().sha256());
    }
}
