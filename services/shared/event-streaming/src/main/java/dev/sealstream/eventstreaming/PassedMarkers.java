package dev.sealstream.eventstreaming;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;

/**
 * Commits the positions of a group that has nothing to do. Behind the last record of a transaction lies its marker, which
 * counts as an offset: without this a group that has read everything would for ever seem one record behind on each
 * partition, and whoever scales workers by lag would never stop the last one.
 */
final class PassedMarkers {
    private static final Logger LOG = LoggerFactory.getLogger(PassedMarkers.class);

    /** It is not urgent, so a slow broker must not hold up the loop for long. */
    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);

    private final Consumer<?, ?> consumer;
    private final Map<TopicPartition, Long> committed = new HashMap<>();

    PassedMarkers(Consumer<?, ?> consumer) {
        this.consumer = consumer;
    }

    /** To be called only while no record that was read is waiting, in hand, held or uncommitted. */
    void commit() {
        try {
            askWhatIsCommitted();
            var passed = new HashMap<TopicPartition, OffsetAndMetadata>();
            committed.forEach((partition, offset) -> {
                long position = consumer.position(partition, ANSWER_MAX);
                if (position > offset) {
                    passed.put(partition, new OffsetAndMetadata(position));
                }
            });
            if (!passed.isEmpty()) {
                consumer.commitSync(passed, ANSWER_MAX);
                passed.forEach((partition, offset) -> committed.put(partition, offset.offset()));
            }
        } catch (KafkaException fault) {
            LOG.debug("positions are committed later: {}", fault.toString());
        }
    }

    /** Offsets that a transaction committed. */
    void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> committed.put(partition, offset.offset()));
    }

    /** What is committed for them may be another's business by now. */
    void forget(Collection<TopicPartition> partitions) {
        committed.keySet().removeAll(partitions);
    }

    void forgetAll() {
        committed.clear();
    }

    private void askWhatIsCommitted() {
        var unknown = new HashSet<>(consumer.assignment());
        unknown.removeAll(committed.keySet());
        if (unknown.isEmpty()) {
            return;
        }
        var found = consumer.committed(unknown, ANSWER_MAX);
        for (var partition : unknown) {
            var offset = found.get(partition);
            committed.put(partition, offset == null ? 0 : offset.offset());
        }
    }
}
