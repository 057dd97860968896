package dev.sealstream.checkpointgate;

import dev.sealstream.eventstreaming.EventCodec;
import dev.sealstream.eventstreaming.EventSigner;
import dev.sealstream.eventstreaming.Topics;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns measurements and people's decisions into checkpoint decisions.
 *
 * <p>Both inputs have one partition, so there is one task, wherever how many gates run: decisions have an order, and no two
 * children are released as the same version. A candidate is decided once, whatever comes again. Records that cannot be
 * worked on go to the dead letters of their topic. What follows is written in the transaction that consumes what it follows
 * from.
 */
final class GateTopology {
    /** Every decision, numbered in order: lineages, decided and held candidates are a fold over them. */
    static final String DECISIONS = "decisions";

    /** What people said of candidates that are not decided. */
    static final String WORDS = "words";

    /** Of each lineage's last decision, where decisions are signed. */
    static final String SIGNATURES = "signatures";

    private static final String GATE = "gate";
    private static final List<String> INPUTS = List.of(Topics.BENCHMARKS.name(), Topics.APPROVALS.name());
    private static final List<String> OUTPUTS = List.of(
            Topics.CHECKPOINTS.name(),
            Topics.CANDIDATES.name(),
            Topics.SELF_EDITS.name(),
            Topics.BENCHMARKS.deadLetters(),
            Topics.APPROVALS.deadLetters());

    private GateTopology() {}

    /** @param signer signs what goes to {@code seal.checkpoints}; empty to sign nothing */
    static Topology build(EventCodec codec, GateRules rules, Optional<EventSigner> signer, GateListener listener) {
        var topology = new Topology();
        INPUTS.forEach(
                input -> topology.addSource(input, new ByteArrayDeserializer(), new ByteArrayDeserializer(), input));
        topology.addProcessor(GATE, () -> new GateStep(codec, rules, signer, listener), INPUTS.toArray(String[]::new))
                .addStateStore(store(DECISIONS, Serdes.Long()), GATE)
                .addStateStore(store(WORDS, Serdes.String()), GATE)
                .addStateStore(store(SIGNATURES, Serdes.String()), GATE);
        OUTPUTS.forEach(
                output -> topology.addSink(output, output, new ByteArraySerializer(), new ByteArraySerializer(), GATE));
        return topology;
    }

    /** In memory: there are few candidates, and a restart reads the state back from the changelog. */
    private static <K> StoreBuilder<KeyValueStore<K, byte[]>> store(String name, Serde<K> key) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), key, Serdes.ByteArray())
                .withLoggingEnabled(Map.of("max.message.bytes", Integer.toString(Topics.BENCHMARKS.messageBytesMax())));
    }
}
