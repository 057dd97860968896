package dev.sealstream.deployment;

import dev.sealstream.eventstreaming.TopicCreator;
import org.apache.kafka.clients.admin.NewTopic;

import java.util.TreeMap;
import java.util.stream.Collectors;

/** The catalogue of topics as Strimzi's {@code KafkaTopic}s: what {@link TopicCreator} makes on a broker without an operator. */
public final class KafkaTopicManifests {
    /** Of the production cluster; an overlay with one broker lowers it. */
    static final short REPLICATION = 3;

    private KafkaTopicManifests() {}

    public static String yaml() {
        return Generated.HEADER
                + TopicCreator.wanted(REPLICATION).stream()
                        .map(KafkaTopicManifests::topic)
                        .collect(Collectors.joining("---\n"));
    }

    private static String topic(NewTopic topic) {
        var yaml = new StringBuilder(
                """
                apiVersion: kafka.strimzi.io/v1
                kind: KafkaTopic
                metadata:
                  name: %s
                  labels:
                    strimzi.io/cluster: %s
                spec:
                  partitions: %d
                  replicas: %d
                  config:
                """.formatted(topic.name(), Generated.CLUSTER, topic.numPartitions(), topic.replicationFactor()));
        new TreeMap<>(topic.configs()).forEach((key, value) -> yaml.append("    %s: \"%s\"%n".formatted(key, value)));
        return yaml.toString();
    }
}
