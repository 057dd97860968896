package dev.sealstream.eventstreaming;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Main class of the container that runs once before the services: creates the topics of the catalogue, registers their
 * schemas, or both. May run again and again; what is there stays.
 *
 * <p>Arguments: {@code topics}, {@code schemas}, or both. Where an operator creates the topics from manifests, {@code
 * schemas} alone is enough. Broker, registry and copies of each record come from the environment, under the names that the
 * services' settings have there; so does how to prove who one is ({@link ClientSecurity}).
 */
public final class Provision {
    /** Brokers to begin with, as host:port, comma-separated; what topics are created on. */
    public static final String BOOTSTRAP_SERVERS = "SEAL_KAFKA_BOOTSTRAP_SERVERS";

    /** Core API of the schema registry; where schemas are registered. */
    public static final String REGISTRY_URL = "SEAL_REGISTRY_URL";

    /** Name for HTTP basic authentication at the registry; may be missing. */
    public static final String REGISTRY_USERNAME = "SEAL_REGISTRY_USERNAME";

    /** Password that goes with it. */
    public static final String REGISTRY_PASSWORD = "SEAL_REGISTRY_PASSWORD";

    /** PEM file of certificates that may sign the registry's; may be missing. */
    public static final String REGISTRY_TRUSTSTORE = "SEAL_REGISTRY_TRUSTSTORE";

    /** Copies of each record; 1 when missing. */
    public static final String REPLICATION = "SEAL_TOPICS_REPLICATION";

    static final String TOPICS = "topics";
    static final String SCHEMAS = "schemas";

    private static final Logger LOG = LoggerFactory.getLogger(Provision.class);
    private static final Set<String> ALLOWED = Set.of(TOPICS, SCHEMAS);

    private Provision() {}

    public static void main(String[] arguments) {
        try {
            run(List.of(arguments), System.getenv());
        } catch (IllegalArgumentException | TransientFaultException | AccessRefusedException fault) {
            // The words say it all; whoever started the program starts it again until broker and registry answer.
            LOG.error("{}", fault.getMessage());
            System.exit(1);
        }
    }

    static void run(List<String> what, Map<String, String> environment) {
        if (what.isEmpty() || !ALLOWED.containsAll(what)) {
            throw new IllegalArgumentException("arguments are " + what + "; allowed: topics, schemas, or both");
        }
        if (what.contains(TOPICS)) {
            TopicCreator.createMissing(
                    required(BOOTSTRAP_SERVERS, environment), replication(environment), ClientSecurity.of(environment));
            LOG.info("topics are there");
        }
        if (what.contains(SCHEMAS)) {
            SchemaRegistrar.register(registry(environment));
            LOG.info("schemas are registered");
        }
    }

    private static RegistryAccess registry(Map<String, String> environment) {
        String truststore = environment.get(REGISTRY_TRUSTSTORE);
        return new RegistryAccess(
                required(REGISTRY_URL, environment),
                environment.get(REGISTRY_USERNAME),
                environment.get(REGISTRY_PASSWORD),
                truststore == null ? null : Path.of(truststore));
    }

    private static String required(String variable, Map<String, String> environment) {
        String value = environment.getOrDefault(variable, "");
        if (value.isBlank()) {
            throw new IllegalArgumentException(variable + " is missing; set it as for the services");
        }
        return value;
    }

    private static short replication(Map<String, String> environment) {
        String value = environment.getOrDefault(REPLICATION, Short.toString(TopicCreator.REPLICATION_ALONE));
        try {
            short copies = Short.parseShort(value);
            if (copies >= 1) {
                return copies;
            }
        } catch (NumberFormatException notANumber) {
            // Refused below, with what was found.
        }
        throw new IllegalArgumentException(
                REPLICATION + " is '" + value + "'; allowed: 1 or more, at most one a broker");
    }
}
