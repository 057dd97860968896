package dev.sealstream.eventstreaming;

import dev.sealstream.domain.ArtifactReference;
import dev.sealstream.domain.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DirectoryArtifactStoreTest {
    private static final byte[] CONTENT = "weights".getBytes();

    @TempDir
    Path directory;

    @Test
    void bytesComeBackByReferenceInAnotherProcess() {
        var reference = new DirectoryArtifactStore(directory).put(CONTENT);

        assertThat(new DirectoryArtifactStore(directory).get(reference)).isEqualTo(CONTENT);
        assertThat(reference.bytes()).isEqualTo(CONTENT.length);
        assertThat(reference.sha256()).isEqualTo(Sha256.hex(CONTENT));
    }

    @Test
    void equalBytesAreStoredOnceAlsoByManyAtOnce() throws Exception {
        var store = new DirectoryArtifactStore(directory);
        var puts = IntStream.range(0, 16)
                .<Callable<ArtifactReference>>mapToObj(i -> () -> store.put(CONTENT))
                .toList();
        var threads = Executors.newFixedThreadPool(8);

        var references = threads.invokeAll(puts);
        threads.shutdown();

        for (var reference : references) {
            assertThat(store.get(reference.get())).isEqualTo(CONTENT);
        }
        try (var files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(1);
        }
    }

    @Test
    void damagedArtifactIsRefusedByName() throws IOException {
        var store = new DirectoryArtifactStore(directory);
        var reference = store.put(CONTENT);
        try (var files = Files.walk(directory)) {
            Files.write(files.filter(Files::isRegularFile).findFirst().orElseThrow(), "tampered".getBytes());
        }

        assertThatThrownBy(() -> store.get(reference))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining(reference.uri())
                .hasMessageContaining("damaged");
    }

    @Test
    void fileGoesInAndComesOutByTheReferenceOfItsBytes() throws IOException {
        var store = new DirectoryArtifactStore(directory.resolve("store"));
        var file = Files.write(directory.resolve("file"), CONTENT);

        var reference = store.put(file);
        store.fetch(reference, directory.resolve("fetched"));

        assertThat(reference).isEqualTo(store.put(CONTENT)).isEqualTo(store.put(file));
        assertThat(directory.resolve("fetched")).hasBinaryContent(CONTENT);
        try (var files = Files.walk(directory.resolve("store"))) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(1);
        }
    }

    @Test
    void damagedArtifactIsNotFetchedAndTheTargetStaysAsItWas() throws IOException {
        var store = new DirectoryArtifactStore(directory.resolve("store"));
        var reference = store.put(CONTENT);
        var stored = directory
                .resolve("store")
                .resolve(reference.sha256().substring(0, 2))
                .resolve(reference.sha256());
        Files.write(stored, "weightz".getBytes());
        var target = Files.write(directory.resolve("target"), "before".getBytes());

        assertThatThrownBy(() -> store.fetch(reference, target))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining(reference.uri());
        assertThat(target).hasContent("before");
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactlyInAnyOrder(directory.resolve("store"), target);
        }
    }

    @Test
    void artifactThatIsMissingCannotBeFetched() {
        var reference = new DirectoryArtifactStore(directory.resolve("elsewhere")).put(CONTENT);

        assertThatThrownBy(() -> new DirectoryArtifactStore(directory).fetch(reference, directory.resolve("target")))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining(reference.uri());
    }

    @Test
    void missingArtifactIsRefusedByName() {
        var elsewhere = new DirectoryArtifactStore(directory.resolve("elsewhere")).put(CONTENT);

        assertThatThrownBy(() -> new DirectoryArtifactStore(directory).get(elsewhere))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining(elsewhere.uri());
    }

    @Test
    void referenceOfAnotherKindOfStoreIsRefused() {
        var foreign = new ArtifactReference("s3://bucket/x", 7, Sha256.hex(CONTENT));

        assertThatThrownBy(() -> new DirectoryArtifactStore(directory).get(foreign))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("s3://bucket/x is not of this store");
    }

    @Test
    void oldArtifactsThatNobodyNeedsAreRemovedAndOthersStay() {
        var store = new DirectoryArtifactStore(directory);
        var needed = store.put("needed".getBytes());
        var old = store.put("old".getBytes());
        var later = Instant.now().plusSeconds(60);

        var removed = store.collect(needed.sha256()::equals, later);

        assertThat(removed).isEqualTo(new ArtifactStore.Collected(1, 3));
        assertThat(store.get(needed)).isEqualTo("needed".getBytes());
        assertThatThrownBy(() -> store.get(old)).hasMessageContaining(old.sha256());
    }

    @Test
    void whatIsStoredAgainCountsAsNew() throws IOException {
        var store = new DirectoryArtifactStore(directory);
        var reference = store.put(CONTENT);
        var file = directory.resolve(reference.sha256().substring(0, 2)).resolve(reference.sha256());
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));

        store.put(CONTENT);

        assertThat(store.collect(hash -> false, Instant.EPOCH.plusSeconds(60)).artifacts())
                .isZero();
    }

    @Test
    void storeThatIsNotThereYetHasNothingToRemove() {
        var store = new DirectoryArtifactStore(directory.resolve("nowhere"));

        assertThat(store.collect(hash -> false, Instant.now()).artifacts()).isZero();
    }
}
