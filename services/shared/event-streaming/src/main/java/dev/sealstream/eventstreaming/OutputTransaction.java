package dev.sealstream.eventstreaming;

import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Writes results and offsets together or not at all. After a failure it must be opened again. */
final class OutputTransaction implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OutputTransaction.class);
    private static final Duration CLOSE_MAX = Duration.ofSeconds(5);

    private final Supplier<Producer<byte[], byte[]>> factory;
    private Producer<byte[], byte[]> producer;

    OutputTransaction(Supplier<Producer<byte[], byte[]>> factory) {
        this.factory = factory;
    }

    /** Ends whatever an earlier producer of the same transactional id left open, and fences it. */
    void open() {
        close();
        producer = factory.get();
        producer.initTransactions();
    }

    /** @throws KafkaException when it is not known to be committed */
    void commit(
            List<ProducerRecord<byte[], byte[]>> records,
            Map<TopicPartition, OffsetAndMetadata> offsets,
            ConsumerGroupMetadata group) {
        producer.beginTransaction();
        try {
            records.forEach(producer::send);
            producer.sendOffsetsToTransaction(offsets, group);
            producer.commitTransaction();
        } catch (KafkaException e) {
            abort();
            throw e;
        }
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close(CLOSE_MAX);
            producer = null;
        }
    }

    /** Readers of committed records wait for an open transaction, so it is ended as soon as possible. */
    private void abort() {
        try {
            producer.abortTransaction();
        } catch (KafkaException e) {
            LOG.debug("transaction could not be aborted and ends by its timeout: {}", e.toString());
        }
    }
}
