package dev.sealstream.devstack.cli;

import dev.sealstream.devstack.events.StackConnection;
import dev.sealstream.devstack.process.StackException;
import dev.sealstream.eventstreaming.ClientSecurity;
import dev.sealstream.eventstreaming.EventVerifier;
import dev.sealstream.eventstreaming.KafkaSettings;
import dev.sealstream.eventstreaming.RegistryAccess;
import org.apache.kafka.clients.consumer.ConsumerConfig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * The file that says where a secured stack is, who asks and whose checkpoints count: properties by Kafka's own names, as Kafka's
 * tools read them, and a few of ours. So no secret stands on a command line, where everybody on the machine may read it.
 */
final class ClientConfig {
    /** Names the file where no option does. */
    static final String VARIABLE = "SEAL_CLIENT_CONFIG";

    static final String ALLOWED = "Kafka's bootstrap.servers, security.protocol, sasl.… and ssl.…, and registry.url,"
            + " registry.username, registry.password, registry.truststore and checkpoints.public-keys";

    private static final String BOOTSTRAP = "bootstrap.servers";
    private static final String PUBLIC_KEYS = "checkpoints.public-keys";
    private static final Set<String> OWN = Set.of(
            BOOTSTRAP, "registry.url", "registry.username", "registry.password", "registry.truststore", PUBLIC_KEYS);

    private final Map<String, String> values;

    private ClientConfig(Map<String, String> values) {
        this.values = values;
    }

    /**
     * @param option file of the command line; null for that of the environment, or none
     * @throws StackException if the file cannot be read, or has a key that means nothing
     */
    static ClientConfig of(Path option, Map<String, String> environment) {
        String variable = environment.getOrDefault(VARIABLE, "");
        if (option != null) {
            return read(option, "--client-config");
        }
        return variable.isBlank() ? new ClientConfig(Map.of()) : read(Path.of(variable), VARIABLE);
    }

    private static ClientConfig read(Path file, String from) {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new StackException(
                    from + " is " + file + ", which cannot be read (" + unreadable
                            + "); allowed: a file of key=value lines; create it, or correct the path",
                    unreadable);
        }
        var values = new HashMap<String, String>();
        for (String key : properties.stringPropertyNames()) {
            if (!isKnown(key)) {
                throw new StackException(
                        from + " " + file + " has the key " + key + "; allowed: " + ALLOWED + "; correct or remove it");
            }
            values.put(key, properties.getProperty(key));
        }
        return new ClientConfig(values);
    }

    private static boolean isKnown(String key) {
        return OWN.contains(key)
                || ClientSecurity.isSecurity(key)
                        && ConsumerConfig.configNames().contains(key);
    }

    Optional<String> bootstrapServers() {
        return Optional.ofNullable(values.get(BOOTSTRAP));
    }

    Optional<String> registryUrl() {
        return Optional.ofNullable(values.get("registry.url"));
    }

    /** @throws StackException if what is said of the registry does not go together, or a file of keys holds none */
    StackConnection connection(String bootstrapServers, String registryUrl) {
        var security = new HashMap<>(values);
        security.keySet().removeIf(key -> !ClientSecurity.isSecurity(key));
        String truststore = values.get("registry.truststore");
        try {
            return new StackConnection(
                    new KafkaSettings(bootstrapServers, registryUrl, security),
                    new RegistryAccess(
                            registryUrl,
                            values.get("registry.username"),
                            values.get("registry.password"),
                            truststore == null ? null : Path.of(truststore)),
                    values.containsKey(PUBLIC_KEYS)
                            ? EventVerifier.of(Path.of(values.get(PUBLIC_KEYS)))
                            : EventVerifier.NONE);
        } catch (IllegalArgumentException wrong) {
            throw new StackException(wrong.getMessage(), wrong);
        }
    }
}
