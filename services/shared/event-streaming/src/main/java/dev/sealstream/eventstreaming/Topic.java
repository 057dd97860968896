package dev.sealstream.eventstreaming;

import java.time.Duration;
import java.util.function.Function;

/**
 * One topic of the {@linkplain Topics catalogue}.
 *
 * @param eventType what a record holds, as a class of the domain
 * @param key reads an event's record key, which decides its partition
 * @param keyName the key's name, for people
 * @param writers who writes the topic, for people
 * @param retention how long records are kept; null for ever
 * @param messageBytesMax size in bytes of the largest record the broker takes
 */
public record Topic<E>(
        String name,
        Class<E> eventType,
        Function<E, String> key,
        String keyName,
        String writers,
        int partitions,
        Duration retention,
        int messageBytesMax) {

    /** Where records go that can never be worked on. */
    public String deadLetters() {
        return deadLetters(name);
    }

    /** The dead letters of any topic, catalogued or not. */
    public static String deadLetters(String topic) {
        return topic + ".dead-letters";
    }

    /** Name of the value schema in the registry: what Apicurio's and Confluent's clients look for by default. */
    public String artifactId() {
        return name + "-value";
    }

    @Override
    public String toString() {
        return name;
    }
}
