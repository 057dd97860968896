package dev.sealstream.eventstreaming;

import dev.sealstream.eventstreaming.avro.AvroMappings;

/**
 * Registers the value schema of every topic, and the rule that each later version must understand and be understood by
 * all earlier ones. May run again and again.
 */
public final class SchemaRegistrar {
    private SchemaRegistrar() {}

    /** @param registryUrl address of a registry that asks nobody who he is */
    public static void register(String registryUrl) {
        register(RegistryAccess.anonymous(registryUrl));
    }

    /**
     * @throws TransientFaultException when the registry does not answer
     * @throws IllegalStateException when a schema is incompatible with what is registered
     */
    public static void register(RegistryAccess access) {
        var registry = new RegistryClient(access);
        for (var topic : Topics.all()) {
            registry.register(
                    topic.artifactId(),
                    AvroMappings.of(topic.eventType()).schema().toString());
            registry.requireFullTransitiveCompatibility(topic.artifactId());
        }
    }
}
