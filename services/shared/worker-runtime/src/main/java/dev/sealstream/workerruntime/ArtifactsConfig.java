package dev.sealstream.workerruntime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.nio.file.Path;
import java.time.Duration;

/** Where adapters are kept. */
@ConfigMapping(prefix = "seal.artifacts")
public interface ArtifactsConfig {
    /** Directory of the content-addressed artifact store, shared by all workers. */
    @WithDefault(".seal/artifacts")
    Path directory();

    /**
     * How long an artifact stays that neither a release nor a waiting candidate refers to; longer keeps what is on its way
     * through a loop that stood still, and takes more space.
     */
    @WithDefault("14d")
    Duration grace();

    /** How often those are removed; more often frees space sooner and lists the store more often. */
    @WithDefault("24h")
    Duration collectEvery();
}
