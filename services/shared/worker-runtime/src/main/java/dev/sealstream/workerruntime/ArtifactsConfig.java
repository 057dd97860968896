package dev.sealstream.workerruntime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.nio.file.Path;

/** Where adapters are kept. */
@ConfigMapping(prefix = "seal.artifacts")
public interface ArtifactsConfig {
    /** Directory of the content-addressed artifact store, shared by all workers. */
    @WithDefault(".seal/artifacts")
    Path directory();
}
