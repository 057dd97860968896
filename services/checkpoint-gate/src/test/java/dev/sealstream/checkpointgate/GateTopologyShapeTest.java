package dev.sealstream.checkpointgate;

import dev.sealstream.eventstreaming.EventCodec;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What outlives a process: names of steps, stores and topics. A change here needs a plan for running systems. */
class GateTopologyShapeTest {
    @Test
    void topologyIsTheApprovedOne() throws IOException {
        var rules = Measured.rules(ApprovalPolicy.NEVER, Optional.empty());
        String found = GateTopology.build(EventCodec.withoutRegistry(), rules, Optional.empty(), GateListener.NONE)
                .describe()
                .toString()
                .strip();

        assertThat(found)
                .as("approve a wanted change by copying it to src/test/resources/gate-topology.txt")
                .isEqualToNormalizingNewlines(resource("/gate-topology.txt").strip());
    }

    @Test
    void serviceWaitsForEveryTopicOfTheTopology() throws IOException {
        var properties = new Properties();
        properties.load(getClass().getResourceAsStream("/application.properties"));

        var awaited = Arrays.asList(
                properties.getProperty("quarkus.kafka-streams.topics").split(","));

        String topology = resource("/gate-topology.txt");
        var named = Stream.of(topology.split("[^\\w.-]+"))
                .filter(word -> word.startsWith("seal."))
                .distinct()
                .toList();
        assertThat(awaited).containsExactlyInAnyOrderElementsOf(named);
    }

    private String resource(String name) throws IOException {
        try (var stream = getClass().getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
