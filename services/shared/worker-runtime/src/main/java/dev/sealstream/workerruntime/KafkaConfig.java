package dev.sealstream.workerruntime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.NotBlank;

/** Where the brokers are. */
@ConfigMapping(prefix = "seal.kafka")
public interface KafkaConfig {
    /** Brokers to begin with, as host:port, comma-separated. */
    @NotBlank
    @WithDefault("localhost:19092")
    String bootstrapServers();
}
