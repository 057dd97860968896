package dev.sealstream.eventstreaming;

import java.util.HashMap;
import java.util.Map;

/**
 * Where broker and registry are.
 *
 * @param bootstrapServers comma-separated {@code host:port}
 * @param registryUrl the registry's address, with or without {@code /apis/registry/v3}
 * @param extra further settings of every Kafka client, such as security; they cannot change what delivery rests on
 */
public record KafkaSettings(String bootstrapServers, String registryUrl, Map<String, String> extra) {
    public KafkaSettings {
        if (bootstrapServers == null || bootstrapServers.isBlank()) {
            throw new IllegalArgumentException("bootstrapServers is missing; allowed: host:port, comma-separated");
        }
        if (registryUrl == null || registryUrl.isBlank()) {
            throw new IllegalArgumentException(
                    "registryUrl is missing; allowed: the address of an Apicurio Registry 3");
        }
        extra = Map.copyOf(extra);
    }

    public static KafkaSettings of(String bootstrapServers, String registryUrl) {
        return new KafkaSettings(bootstrapServers, registryUrl, Map.of());
    }

    /** Without values that may be secret. */
    @Override
    public String toString() {
        return "broker " + bootstrapServers + ", registry " + registryUrl + ", further settings " + extra.keySet();
    }

    /** {@link #extra} overlaid with what a client of ours must have. */
    Map<String, Object> with(Map<String, Object> required) {
        var all = new HashMap<String, Object>(extra);
        all.put("bootstrap.servers", bootstrapServers);
        all.putAll(required);
        return all;
    }
}
