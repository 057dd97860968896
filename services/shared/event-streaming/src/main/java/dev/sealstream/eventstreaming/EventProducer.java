package dev.sealstream.eventstreaming;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** Sends events, one by one and without a transaction: for clients. Safe for use by several threads. */
public final class EventProducer implements AutoCloseable {
    private final Producer<byte[], byte[]> producer;
    private final EventCodec codec;
    private final BrokerAccess access;

    /** @param client who sends, such as {@code the console}, for the words of a refusal */
    public EventProducer(KafkaSettings kafka, EventCodec codec, String client) {
        this(ClientSettings.plainProducer(kafka), codec, new BrokerAccess(kafka, client, any -> BrokerAccess.WRITE));
    }

    EventProducer(Producer<byte[], byte[]> producer, EventCodec codec, BrokerAccess access) {
        this.producer = producer;
        this.codec = codec;
        this.access = access;
    }

    /**
     * Completes when every in-sync replica has the record, and exceptionally when it cannot be written: with {@link
     * AccessRefusedException} when the broker does not let this client.
     *
     * @throws TransientFaultException when the registry does not answer
     * @throws AccessRefusedException when the registry refuses to answer this client
     */
    public <E> CompletableFuture<RecordMetadata> send(Topic<E> topic, E event) {
        byte[] key = topic.key().apply(event).getBytes(StandardCharsets.UTF_8);
        var record = new ProducerRecord<>(topic.name(), null, key, codec.encode(topic, event), RecordTrace.current());
        var written = new CompletableFuture<RecordMetadata>();
        try {
            producer.send(record, (metadata, fault) -> {
                if (fault == null) {
                    written.complete(metadata);
                } else {
                    written.completeExceptionally(explained(fault));
                }
            });
        } catch (KafkaException unusable) {
            // A producer that was refused its id says so at each further call, instead of telling the callback.
            written.completeExceptionally(explained(unusable));
        }
        return written;
    }

    private Throwable explained(Exception fault) {
        return access.explain(fault).<Throwable>map(refused -> refused).orElse(fault);
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
