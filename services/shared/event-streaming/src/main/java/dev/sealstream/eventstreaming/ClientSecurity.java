package dev.sealstream.eventstreaming;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How every Kafka client of a service proves who it is and whom it trusts: all of {@code kafka.security.…}, {@code
 * kafka.ssl.…} and {@code kafka.sasl.…}, the names Quarkus hands to Kafka Streams as well. Other settings of a client are not
 * for configuration, since delivery rests on them.
 */
public final class ClientSecurity {
    private static final String PREFIX = "kafka.";
    private static final List<String> KINDS = List.of("security.", "ssl.", "sasl.");

    private ClientSecurity() {}

    /**
     * Those settings by Kafka's own names.
     *
     * @param all settings of any kind; from the environment, {@code KAFKA_SASL_MECHANISM} is {@code sasl.mechanism}
     */
    public static Map<String, String> of(Map<String, String> all) {
        var settings = new HashMap<String, String>();
        all.forEach((name, value) -> {
            String dotted = name.toLowerCase(Locale.ROOT).replace('_', '.');
            if (dotted.startsWith(PREFIX) && isSecurity(dotted.substring(PREFIX.length()))) {
                settings.put(dotted.substring(PREFIX.length()), value);
            }
        });
        return settings;
    }

    /** Whether a setting, by Kafka's own name, is about proving who one is and whom one trusts. */
    public static boolean isSecurity(String key) {
        return KINDS.stream().anyMatch(key::startsWith);
    }
}
