package dev.sealstream.eventstreaming;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** Sends events, one by one and without a transaction: for clients. Safe for use by several threads. */
public final class EventProducer implements AutoCloseable {
    private final Producer<byte[], byte[]> producer;
    private final EventCodec codec;

    public EventProducer(KafkaSettings kafka, EventCodec codec) {
        this(ClientSettings.plainProducer(kafka), codec);
    }

    EventProducer(Producer<byte[], byte[]> producer, EventCodec codec) {
        this.producer = producer;
        this.codec = codec;
    }

    /**
     * Completes when every in-sync replica has the record, and exceptionally when it cannot be written.
     *
     * @throws TransientFaultException when the registry does not answer
     */
    public <E> CompletableFuture<RecordMetadata> send(Topic<E> topic, E event) {
        byte[] key = topic.key().apply(event).getBytes(StandardCharsets.UTF_8);
        var record = new ProducerRecord<>(topic.name(), null, key, codec.encode(topic, event), RecordTrace.current());
        var written = new CompletableFuture<RecordMetadata>();
        producer.send(record, (metadata, fault) -> {
            if (fault == null) {
                written.complete(metadata);
            } else {
                written.completeExceptionally(fault);
            }
        });
        return written;
    }

    /** Returns when everything sent so far is written or has failed. */
    public void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}
