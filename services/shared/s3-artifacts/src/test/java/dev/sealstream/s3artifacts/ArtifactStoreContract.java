package dev.sealstream.s3artifacts;

import dev.sealstream.domain.ArtifactReference;
import dev.sealstream.domain.Sha256;
import dev.sealstream.eventstreaming.ArtifactStore;
import dev.sealstream.eventstreaming.InvalidEventException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What every store of artifacts keeps to, wherever it is. */
abstract class ArtifactStoreContract {
    private static final byte[] CONTENT = "weights".getBytes();

    /** Longer than two parts of an upload. */
    private static final int LARGE_BYTES = (11 << 20) + 7;

    @TempDir
    Path directory;

    /** The store, as a process of its own would open it. */
    abstract ArtifactStore store();

    /** Puts other bytes in an artifact's place, past the store. */
    abstract void damage(ArtifactReference reference, byte[] content);

    abstract int artifacts();

    @Test
    void bytesComeBackByReferenceInAnotherProcess() {
        var reference = store().put(CONTENT);

        assertThat(store().get(reference)).isEqualTo(CONTENT);
        assertThat(reference)
                .isEqualTo(
                        new ArtifactReference("artifact:" + Sha256.hex(CONTENT), CONTENT.length, Sha256.hex(CONTENT)));
    }

    @Test
    void noBytesAreAnArtifactToo() {
        var reference = store().put(new byte[0]);

        assertThat(store().get(reference)).isEmpty();
    }

    @Test
    void largeFileGoesInAndComesOutAndIsStoredOnce() throws IOException {
        // Given
        byte[] large = random(LARGE_BYTES);
        var file = Files.write(directory.resolve("large"), large);

        // When
        var reference = store().put(file);
        var again = store().put(file);
        store().fetch(reference, directory.resolve("fetched"));

        // Then
        assertThat(reference.sha256()).isEqualTo(Sha256.hex(large));
        assertThat(again).isEqualTo(reference).isEqualTo(store().put(large));
        assertThat(directory.resolve("fetched")).hasBinaryContent(large);
        assertThat(store().get(reference)).isEqualTo(large);
        assertThat(artifacts()).isEqualTo(1);
    }

    @Test
    void equalBytesAreStoredOnceAlsoByManyAtOnce() throws Exception {
        // Given
        var puts = IntStream.range(0, 16)
                .<Callable<ArtifactReference>>mapToObj(i -> () -> store().put(CONTENT))
                .toList();
        var threads = Executors.newFixedThreadPool(8);

        // When
        var references = threads.invokeAll(puts);
        threads.shutdown();

        // Then
        for (var reference : references) {
            assertThat(store().get(reference.get())).isEqualTo(CONTENT);
        }
        assertThat(artifacts()).isEqualTo(1);
    }

    @Test
    void damagedArtifactIsRefusedByNameAndNothingIsWritten() throws IOException {
        // Given
        var reference = store().put(CONTENT);
        damage(reference, "weightz".getBytes());
        var target = Files.write(directory.resolve("target"), "before".getBytes());

        // When, then
        assertThatThrownBy(() -> store().get(reference))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining(reference.uri())
                .hasMessageContaining("damaged");
        assertThatThrownBy(() -> store().fetch(reference, target))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining(reference.uri());
        assertThat(target).hasContent("before");
        assertThat(directory).isDirectoryNotContaining("glob:**/*.part");
    }

    @Test
    void artifactThatWasCutShortIsRefusedByName() {
        var reference = store().put(CONTENT);
        damage(reference, "weig".getBytes());

        assertThatThrownBy(() -> store().get(reference))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("has 4 bytes")
                .hasMessageContaining("expected 7 bytes");
    }

    @Test
    void missingArtifactIsRefusedByName() {
        var missing = new ArtifactReference("artifact:" + Sha256.hex(CONTENT), 7, Sha256.hex(CONTENT));

        assertThatThrownBy(() -> store().get(missing))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining(Sha256.hex(CONTENT))
                .hasMessageContaining("all services must share one artifact store");
        assertThatThrownBy(() -> store().fetch(missing, directory.resolve("target")))
                .isInstanceOf(InvalidEventException.class);
        assertThat(directory.resolve("target")).doesNotExist();
    }

    @Test
    void referenceToSomethingElseIsRefused() {
        var foreign = new ArtifactReference("s3://bucket/x", 7, Sha256.hex(CONTENT));

        assertThatThrownBy(() -> store().get(foreign))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("s3://bucket/x is not of this store");
    }

    @Test
    void oldArtifactsThatNobodyNeedsAreRemovedAndOthersStay() {
        // Given
        var needed = store().put("needed".getBytes());
        var old = store().put("old".getBytes());

        // When
        var early = store().collect(needed.sha256()::equals, Instant.EPOCH);
        var removed = store().collect(needed.sha256()::equals, Instant.now().plusSeconds(60));

        // Then
        assertThat(early).isEqualTo(new ArtifactStore.Collected(0, 0));
        assertThat(removed).isEqualTo(new ArtifactStore.Collected(1, 3));
        assertThat(store().get(needed)).isEqualTo("needed".getBytes());
        assertThatThrownBy(() -> store().get(old)).hasMessageContaining(old.sha256());
    }

    @Test
    void storeWithoutArtifactsHasNothingToRemove() {
        assertThat(store().collect(hash -> false, Instant.now()).artifacts()).isZero();
    }

    static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return bytes;
    }
}
