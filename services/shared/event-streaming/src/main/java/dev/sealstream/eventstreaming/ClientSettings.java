package dev.sealstream.eventstreaming;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.util.Map;

/** The Kafka clients as delivery needs them; keys and values are bytes everywhere. */
final class ClientSettings {
    /** Room for the largest dead letter and its framing. */
    private static final int REQUEST_BYTES_MAX = Topics.DEAD_LETTER_BYTES_MAX + 64 * 1024;

    /** Two of the largest requests at once. */
    private static final long BUFFER_BYTES = 2L * REQUEST_BYTES_MAX;

    /**
     * A transaction opens only after the work, so it is over in well under a second. Should an instance die inside one,
     * readers of committed records stand still for this long.
     */
    private static final int TRANSACTION_MILLIS_MAX = 10_000;

    /** How long a call waits for an absent broker before it counts as a transient fault. */
    private static final int BLOCK_MILLIS_MAX = 30_000;

    private ClientSettings() {}

    static Consumer<byte[], byte[]> groupConsumer(StageSettings stage) {
        return consumer(
                stage.kafka(),
                Map.of(
                        ConsumerConfig.GROUP_ID_CONFIG,
                        stage.name(),
                        ConsumerConfig.GROUP_PROTOCOL_CONFIG,
                        "consumer",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        1,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false));
    }

    static Consumer<byte[], byte[]> logConsumer(KafkaSettings kafka) {
        return consumer(
                kafka,
                Map.of(
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false));
    }

    static Producer<byte[], byte[]> transactionalProducer(StageSettings stage) {
        return transactionalProducer(stage.kafka(), stage.transactionalId());
    }

    static Producer<byte[], byte[]> transactionalProducer(KafkaSettings kafka, String transactionalId) {
        return producer(
                kafka,
                Map.of(
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        transactionalId,
                        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                        TRANSACTION_MILLIS_MAX,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        TRANSACTION_MILLIS_MAX,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        TRANSACTION_MILLIS_MAX / 2,
                        ProducerConfig.LINGER_MS_CONFIG,
                        0,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        BLOCK_MILLIS_MAX,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        REQUEST_BYTES_MAX,
                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                        BUFFER_BYTES));
    }

    static Producer<byte[], byte[]> plainProducer(KafkaSettings kafka) {
        return producer(
                kafka,
                Map.of(
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        BLOCK_MILLIS_MAX,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        REQUEST_BYTES_MAX,
                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                        BUFFER_BYTES));
    }

    private static Consumer<byte[], byte[]> consumer(KafkaSettings kafka, Map<String, Object> required) {
        return new KafkaConsumer<>(kafka.with(required), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static Producer<byte[], byte[]> producer(KafkaSettings kafka, Map<String, Object> required) {
        var settings = kafka.with(required);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
