package dev.sealstream.streamsruntime;

import dev.sealstream.eventstreaming.BrokerAccess;
import dev.sealstream.eventstreaming.KafkaSettings;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription.Sink;
import org.apache.kafka.streams.TopologyDescription.Source;
import org.apache.kafka.streams.TopologyDescription.Subtopology;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a Kafka Streams service needs on the broker, as its topology says. */
final class StreamsAccess {
    private static final String ON_OWN_TOPICS = "Create, Describe, DescribeConfigs, Read and Write";

    private StreamsAccess() {}

    /** @param applicationId its consumer group, and what its own topics and transactional ids begin with */
    static BrokerAccess of(KafkaSettings kafka, String applicationId, Topology topology) {
        var sources = sources(topology);
        return new BrokerAccess(kafka, applicationId, topic -> right(topic, applicationId, sources))
                .withTransactionalIdPrefix(applicationId + "-");
    }

    private static String right(String topic, String applicationId, Set<String> sources) {
        if (topic.startsWith(applicationId + "-")) {
            return ON_OWN_TOPICS;
        }
        return sources.contains(topic) ? BrokerAccess.READ : BrokerAccess.WRITE;
    }

    /** Every topic that the topology reads or writes; not those that Kafka Streams makes for it. */
    static Set<String> topics(Topology topology) {
        var topics = new TreeSet<>(sources(topology));
        topology.describe().subtopologies().stream()
                .flatMap(subtopology -> subtopology.nodes().stream())
                .filter(Sink.class::isInstance)
                .map(node -> ((Sink) node).topic())
                .forEach(topics::add);
        return topics;
    }

    private static Set<String> sources(Topology topology) {
        return topology.describe().subtopologies().stream()
                .map(Subtopology::nodes)
                .flatMap(Set::stream)
                .filter(Source.class::isInstance)
                .flatMap(node -> ((Source) node).topicSet().stream())
                .collect(Collectors.toSet());
    }
}
