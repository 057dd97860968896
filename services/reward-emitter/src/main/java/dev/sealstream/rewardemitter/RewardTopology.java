package dev.sealstream.rewardemitter;

import dev.sealstream.domain.RolloutGroup;
import dev.sealstream.eventstreaming.EventCodec;
import dev.sealstream.eventstreaming.Topic;
import dev.sealstream.eventstreaming.Topics;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Turns outcomes into rewards.
 *
 * <p>Outcomes arrive keyed by rollout group. When all G members have ended, however they ended, {@link RolloutGroup}
 * gives each its reward, the group goes on as one experience, and the best self-edit of an ADAPT datum is proposed as a
 * candidate. A record that cannot be worked on goes to the dead letters. Everything that follows from an outcome is
 * written in the transaction that consumes it.
 *
 * <p>Bytes go in and out: events are decoded inside, so that a malformed record reaches the dead letters as it came.
 */
final class RewardTopology {
    /** The members of groups that are not complete, as they came. */
    static final String OPEN_GROUPS = "open-groups";

    /** When each group was emitted, so that a late duplicate never emits it again. */
    static final String EMITTED_GROUPS = "emitted-groups";

    static final String COLLECT = "collect-rollout-groups";

    /** What the topology writes, dead letters aside. */
    static final List<Topic<?>> OUTPUTS = List.of(Topics.REWARDS, Topics.EXPERIENCES, Topics.CANDIDATES);

    private RewardTopology() {}

    /** @param rememberFor see {@link RewardEmitterConfig#rememberFor()} */
    static Topology build(EventCodec codec, Duration rememberFor, RewardListener listener) {
        var topology = new Topology()
                .addSource(
                        Topics.OUTCOMES.name(),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer(),
                        Topics.OUTCOMES.name())
                .addProcessor(
                        COLLECT, () -> new RolloutGroupCollector(codec, rememberFor, listener), Topics.OUTCOMES.name())
                // In memory: what is open is small, and a restart reads it back from the changelog.
                .addStateStore(
                        Stores.timestampedKeyValueStoreBuilder(
                                        Stores.inMemoryKeyValueStore(OPEN_GROUPS), Serdes.String(), Serdes.ByteArray())
                                .withLoggingEnabled(Map.of(
                                        "max.message.bytes", Integer.toString(Topics.OUTCOMES.messageBytesMax()))),
                        COLLECT)
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(EMITTED_GROUPS), Serdes.String(), Serdes.Long()),
                        COLLECT);
        OUTPUTS.forEach(output -> addSink(topology, output.name()));
        addSink(topology, Topics.OUTCOMES.deadLetters());
        return topology;
    }

    private static void addSink(Topology topology, String topic) {
        topology.addSink(topic, topic, new ByteArraySerializer(), new ByteArraySerializer(), COLLECT);
    }
}
