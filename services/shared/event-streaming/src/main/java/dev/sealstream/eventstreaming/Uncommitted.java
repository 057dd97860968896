package dev.sealstream.eventstreaming;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The records taken since the last commit: the one in hand, those held before it, and dead letters that must wait for the
 * held ones, since committing an offset commits all before it.
 */
final class Uncommitted {
    private final Map<TopicPartition, Long> first = new HashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
    private final List<ProducerRecord<byte[], byte[]>> deadLetters = new ArrayList<>();
    private boolean holding;

    void take(ConsumerRecord<byte[], byte[]> record) {
        var partition = partition(record);
        first.merge(partition, record.offset(), Math::min);
        next.put(partition, new OffsetAndMetadata(record.offset() + 1, record.leaderEpoch(), ""));
    }

    void hold() {
        holding = true;
    }

    void hold(ProducerRecord<byte[], byte[]> deadLetter) {
        deadLetters.add(deadLetter);
    }

    boolean isEmpty() {
        return first.isEmpty() && next.isEmpty() && deadLetters.isEmpty();
    }

    boolean holding() {
        return holding;
    }

    List<ProducerRecord<byte[], byte[]>> deadLetters() {
        return List.copyOf(deadLetters);
    }

    /** The offsets to commit: all taken records are done. */
    Map<TopicPartition, OffsetAndMetadata> offsets() {
        return Map.copyOf(next);
    }

    /** Whether any record was taken from these partitions. */
    boolean touches(Collection<TopicPartition> partitions) {
        return partitions.stream().anyMatch(first::containsKey);
    }

    /** They are no longer ours: another worker begins at what is committed. */
    void forget(Collection<TopicPartition> partitions) {
        partitions.forEach(first::remove);
        partitions.forEach(next::remove);
    }

    /** Where to read again, by partition, to get everything taken once more. */
    Map<TopicPartition, Long> begin() {
        return Map.copyOf(first);
    }

    void clear() {
        first.clear();
        next.clear();
        deadLetters.clear();
        holding = false;
    }

    static TopicPartition partition(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }
}
