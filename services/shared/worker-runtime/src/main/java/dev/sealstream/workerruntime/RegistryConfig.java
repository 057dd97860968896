package dev.sealstream.workerruntime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.NotBlank;

/** Where the schema registry is. */
@ConfigMapping(prefix = "seal.registry")
public interface RegistryConfig {
    /** Core API of the schema registry. */
    @NotBlank
    @WithDefault("http://localhost:18081/apis/registry/v3")
    String url();
}
