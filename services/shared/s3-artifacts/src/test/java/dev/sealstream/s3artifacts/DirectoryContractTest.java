package dev.sealstream.s3artifacts;

import dev.sealstream.domain.ArtifactReference;
import dev.sealstream.eventstreaming.ArtifactStore;
import dev.sealstream.eventstreaming.DirectoryArtifactStore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

class DirectoryContractTest extends ArtifactStoreContract {

    @Override
    ArtifactStore store() {
        return new DirectoryArtifactStore(root());
    }

    @Override
    void damage(ArtifactReference reference, byte[] content) {
        try {
            Files.write(root().resolve(reference.sha256().substring(0, 2)).resolve(reference.sha256()), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    int artifacts() {
        try (var files = Files.walk(root())) {
            return (int) files.filter(Files::isRegularFile).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path root() {
        return directory.resolve("artifacts");
    }
}
