package dev.sealstream.checkpointgate;

import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.ReleaseRule;
import dev.sealstream.eventstreaming.EventCodec;
import dev.sealstream.eventstreaming.Topic;
import dev.sealstream.eventstreaming.Topics;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Turns measurements into checkpoint decisions.
 *
 * <p>Measured candidates arrive in one partition, so decisions have an order. The rule compares candidate and parent;
 * what passes becomes the head of its lineage or, where a person is to agree, is held until the approval comes. A
 * candidate is decided once, whatever comes again. Records that cannot be worked on go to the dead letters of their
 * topic. A decision is written in the transaction that consumes what it follows from.
 */
final class GateTopology {
    /** Each lineage's newest release. */
    static final String HEADS = "heads";

    /** Candidates that were decided; a short entry each, kept for ever, so that none is ever decided twice. */
    static final String DECIDED_CANDIDATES = "decided-candidates";

    /** Measurements of candidates that wait for a person. */
    static final String HELD_CANDIDATES = "held-candidates";

    /** What people said of candidates before they were measured. */
    static final String EARLY_APPROVALS = "early-approvals";

    private static final List<String> STORES = List.of(HEADS, DECIDED_CANDIDATES, HELD_CANDIDATES, EARLY_APPROVALS);

    private static final String ON_MEASUREMENT = "decide-on-measurement";
    private static final String ON_APPROVAL = "decide-on-approval";

    private GateTopology() {}

    static Topology build(EventCodec codec, ReleaseRule rule, Approval approval, GateListener listener) {
        var topology = new Topology();
        read(topology, Topics.BENCHMARKS, ON_MEASUREMENT, codec, rule, approval, listener, Gate::onMeasurement);
        read(topology, Topics.APPROVALS, ON_APPROVAL, codec, rule, approval, listener, Gate::onApproval);
        for (String store : STORES) {
            // In memory: there are few candidates, and a restart reads the state back from the changelog.
            topology.addStateStore(
                    Stores.keyValueStoreBuilder(
                                    Stores.inMemoryKeyValueStore(store), Serdes.String(), Serdes.ByteArray())
                            .withLoggingEnabled(
                                    Map.of("max.message.bytes", Integer.toString(Topics.BENCHMARKS.messageBytesMax()))),
                    ON_MEASUREMENT,
                    ON_APPROVAL);
        }
        addSink(topology, Topics.CHECKPOINTS.name(), ON_MEASUREMENT, ON_APPROVAL);
        addSink(topology, Topics.BENCHMARKS.deadLetters(), ON_MEASUREMENT);
        addSink(topology, Topics.APPROVALS.deadLetters(), ON_APPROVAL);
        return topology;
    }

    private static <E> void read(
            Topology topology,
            Topic<E> input,
            String step,
            EventCodec codec,
            ReleaseRule rule,
            Approval approval,
            GateListener listener,
            BiFunction<Gate, E, Optional<CheckpointDecision>> decide) {
        topology.addSource(input.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer(), input.name())
                .addProcessor(step, () -> new GateStep<>(input, codec, rule, approval, listener, decide), input.name());
    }

    private static void addSink(Topology topology, String topic, String... steps) {
        topology.addSink(topic, topic, new ByteArraySerializer(), new ByteArraySerializer(), steps);
    }
}
