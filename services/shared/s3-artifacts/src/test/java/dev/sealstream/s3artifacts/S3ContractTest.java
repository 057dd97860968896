package dev.sealstream.s3artifacts;

import dev.sealstream.domain.ArtifactReference;
import dev.sealstream.eventstreaming.ArtifactStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

class S3ContractTest extends ArtifactStoreContract {
    /** The least that S3 takes, so that the large file has three parts. */
    private static final long PART_BYTES = 5 << 20;

    private final List<S3ArtifactStore> opened = new ArrayList<>();
    private S3Server server;

    @BeforeEach
    void start() throws Exception {
        server = S3Server.start();
    }

    @AfterEach
    void stop() throws Exception {
        opened.forEach(S3ArtifactStore::close);
        server.close();
    }

    @Override
    synchronized ArtifactStore store() {
        var settings = server.settings();
        var store = new S3ArtifactStore(settings, S3Clients.of(settings), PART_BYTES, Clock.systemUTC());
        opened.add(store);
        return store;
    }

    @Override
    void damage(ArtifactReference reference, byte[] content) {
        server.overwrite(S3Server.key(reference.sha256()), content);
    }

    @Override
    int artifacts() {
        return server.keys().size();
    }
}
