package dev.sealstream.streamsruntime;

import dev.sealstream.eventstreaming.KafkaSettings;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class StreamsAccessTest {
    private static final Topology TOPOLOGY =
            new Topology().addSource("in", "outcomes").addSink("out", "rewards", "in");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "outcomes | Read on topic outcomes",
                "rewards | Write on topic rewards",
                "an-emitter-groups-changelog | Create, Describe, DescribeConfigs, Read and Write on topic an-emitter-groups-changelog"
            })
    void rightIsThatOfWhatTheTopologyDoesWithTheTopic(String topic, String needed) {
        var kafka = new KafkaSettings(
                "broker:9093",
                "http://registry",
                Map.of(
                        "security.protocol",
                        "SASL_SSL",
                        "sasl.jaas.config",
                        "a.Module required username=\"an-emitter\" password=\"hush\";"));
        var access = StreamsAccess.of(kafka, "an-emitter", TOPOLOGY);

        assertThat(access.explain(new TopicAuthorizationException(Set.of(topic))))
                .get()
                .hasToString("dev.sealstream.eventstreaming.AccessRefusedException: user an-emitter lacks " + needed
                        + ", which an-emitter needs; grant it, on Kubernetes in the KafkaUser an-emitter");
    }

    @Test
    void topicsAreThoseThatItReadsAndWrites() {
        assertThat(StreamsAccess.topics(TOPOLOGY)).containsExactly("outcomes", "rewards");
    }
}
