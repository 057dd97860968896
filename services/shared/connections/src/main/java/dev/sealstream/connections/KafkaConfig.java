package dev.sealstream.connections;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/**
 * Where the brokers are. How to prove to them who one is goes by the names that Kafka and Quarkus have for it: every setting
 * {@code kafka.security.…}, {@code kafka.ssl.…} and {@code kafka.sasl.…} reaches every client
 * ({@link dev.sealstream.eventstreaming.ClientSecurity}).
 */
@ConfigMapping(prefix = "seal.kafka")
public interface KafkaConfig {
    /** Brokers to begin with, as host:port, comma-separated. */
    @WithDefault("localhost:19092")
    String bootstrapServers();
}
