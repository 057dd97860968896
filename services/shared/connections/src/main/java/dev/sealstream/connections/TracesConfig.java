package dev.sealstream.connections;

import io.smallrye.config.ConfigMapping;

import java.util.Optional;

/** Where traces go. */
@ConfigMapping(prefix = "seal.traces")
public interface TracesConfig {
    /** Address of an OpenTelemetry collector's OTLP port, such as {@code http://collector:4317}; none for no traces at all. */
    Optional<String> endpoint();
}
