package dev.sealstream.eventstreaming;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads a whole topic from its beginning, undecoded, outside every consumer group. */
final class RawLog implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    /** A broker that delivers nothing for this long although the log goes on is as good as down. */
    private static final Duration STALL_MAX = Duration.ofSeconds(60);

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final BrokerAccess access;
    private final List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();

    RawLog(KafkaSettings kafka, String topic) {
        this(ClientSettings.logConsumer(kafka), topic, BrokerAccess.reading(kafka, topic));
    }

    RawLog(Consumer<byte[], byte[]> consumer, String topic, BrokerAccess access) {
        this.consumer = consumer;
        this.topic = topic;
        this.access = access;
    }

    /**
     * All records committed since the last successful call, up to the end of the log now, in the order of each partition.
     *
     * @throws TransientFaultException when the broker does not answer; the next call goes on where this one ended
     * @throws AccessRefusedException when the broker refuses to answer this client
     */
    synchronized List<ConsumerRecord<byte[], byte[]>> readNew() {
        try {
            assignAll();
            readUpTo(consumer.endOffsets(consumer.assignment()));
            var all = List.copyOf(read);
            read.clear();
            return all;
        } catch (KafkaException e) {
            throw access.explainOr(e, () -> new TransientFaultException("cannot read topic " + topic + ": " + e, e));
        }
    }

    @Override
    public synchronized void close() {
        consumer.close();
    }

    private void assignAll() {
        if (!consumer.assignment().isEmpty()) {
            return;
        }
        var infos = consumer.partitionsFor(topic);
        if (infos == null || infos.isEmpty()) {
            throw new TransientFaultException(
                    "topic " + topic + " does not exist (yet); create the topics of the catalogue first");
        }
        var partitions = infos.stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    private void readUpTo(Map<TopicPartition, Long> ends) {
        long progressed = System.nanoTime();
        while (!reached(ends)) {
            var polled = consumer.poll(POLL);
            if (!polled.isEmpty()) {
                polled.forEach(read::add);
                progressed = System.nanoTime();
            } else if (System.nanoTime() - progressed > STALL_MAX.toNanos()) {
                throw new TransientFaultException("topic " + topic + " delivered nothing for " + STALL_MAX
                        + " before its end " + ends + "; is the broker well?");
            }
        }
    }

    private boolean reached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }
}
