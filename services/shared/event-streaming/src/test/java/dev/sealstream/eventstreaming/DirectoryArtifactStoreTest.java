package dev.sealstream.eventstreaming;

import dev.sealstream.domain.ArtifactReference;
import dev.sealstream.domain.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
