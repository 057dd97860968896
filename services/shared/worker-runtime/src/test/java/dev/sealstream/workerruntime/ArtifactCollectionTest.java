package dev.sealstream.workerruntime;

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
        collectAfter(store, Duration.ofDays(13));

        // Then
        assertThat(store.get(reference)).isNotEmpty();
        collectAfter(store, Duration.ofDays(15));
        assertThatThrownBy(() -> store.get(reference)).isInstanceOf(InvalidEventException.class);
    }

    private static void collectAfter(DirectoryArtifactStore store, Duration time) {
        var clock = Clock.fixed(Instant.now().plus(time), ZoneOffset.UTC);
        try (var collection = new ArtifactCollection(store, List::of, GRACE, clock)) {
            collection.collect();
        }
    }
}
