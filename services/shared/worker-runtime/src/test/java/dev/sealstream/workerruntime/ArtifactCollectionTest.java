package dev.sealstream.workerruntime;

import dev.sealstream.domain.ArtifactReference;
import dev.sealstream.domain.Sha256;
import dev.sealstream.domain.SnapshotTaken;
import dev.sealstream.eventstreaming.DirectoryArtifactStore;
import dev.sealstream.eventstreaming.InvalidEventException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ArtifactCollectionTest {
    private static final Duration GRACE = Duration.ofDays(14);

    @Test
    void whatNothingRefersToGoesAfterTheGraceTimeAndNotBefore(@TempDir Path directory) {
        // Given
        var store = new DirectoryArtifactStore(directory);
        var reference = store.put("a rollout's adapter".getBytes());

        // When
        collectAfter(store, List.of(), Duration.ofDays(13));

        // Then
        assertThat(store.get(reference)).isNotEmpty();
        collectAfter(store, List.of(), Duration.ofDays(15));
        assertThatThrownBy(() -> store.get(reference)).isInstanceOf(InvalidEventException.class);
    }

    @Test
    void newestTwoSnapshotsStay(@TempDir Path directory) {
        // Given
        var store = new DirectoryArtifactStore(directory);
        var snapshots = Stream.of(16L, 32L, 48L)
                .map(version -> new SnapshotTaken(
                        "main",
                        version,
                        Sha256.hex("version " + version),
                        Map.of("model.safetensors", store.put(("weights of " + version).getBytes())),
                        List.of()))
                .toList();

        // When
        collectAfter(store, snapshots, Duration.ofDays(15));

        // Then
        assertThatThrownBy(() -> store.get(weights(snapshots.get(0)))).isInstanceOf(InvalidEventException.class);
        assertThat(store.get(weights(snapshots.get(1)))).isEqualTo("weights of 32".getBytes());
        assertThat(store.get(weights(snapshots.get(2)))).isEqualTo("weights of 48".getBytes());
    }

    private static ArtifactReference weights(SnapshotTaken snapshot) {
        return snapshot.files().get("model.safetensors");
    }

    private static void collectAfter(DirectoryArtifactStore store, List<SnapshotTaken> snapshots, Duration time) {
        var clock = Clock.fixed(Instant.now().plus(time), ZoneOffset.UTC);
        try (var collection = new ArtifactCollection(store, List::of, () -> snapshots, GRACE, clock)) {
            collection.collect();
        }
    }
}
