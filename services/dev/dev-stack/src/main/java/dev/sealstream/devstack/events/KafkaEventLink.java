package dev.sealstream.devstack.events;

import dev.sealstream.devstack.process.StackException;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.eventstreaming.BrokerAccess;
import dev.sealstream.eventstreaming.DeadLetter;
import dev.sealstream.eventstreaming.EventCodec;
import dev.sealstream.eventstreaming.EventVerifier;
import dev.sealstream.eventstreaming.InvalidEventException;
import dev.sealstream.eventstreaming.KafkaSettings;
import dev.sealstream.eventstreaming.SignatureChain;
import dev.sealstream.eventstreaming.Topic;
import dev.sealstream.eventstreaming.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@link EventLink} on plain Kafka clients. Not thread-safe. */
public final class KafkaEventLink implements EventLink {
    private static final List<Topic<?>> DEMO = List.of(
            Topics.OUTCOMES,
            Topics.REWARDS,
            Topics.EXPERIENCES,
            Topics.CANDIDATES,
            Topics.BENCHMARKS,
            Topics.CHECKPOINTS);

    private final KafkaSettings kafka;
    private final BrokerAccess access;
    private final EventCodec codec;
    private final EventVerifier checkpoints;
    private final SignatureChain decisions = new SignatureChain();
    private final Map<String, Topic<?>> topics;
    private final Map<String, Topic<?>> deadLetterTopics;
    private final boolean fromBeginning;
    private final Map<TopicPartition, Long> endsAtStart = new HashMap<>();
    private final KafkaConsumer<byte[], byte[]> consumer;

    /** Made when something is sent: who only reads needs no right to write, and a producer asks for one at once. */
    private KafkaProducer<String, byte[]> producer;

    private KafkaEventLink(
            StackConnection connection, List<Topic<?>> topics, List<Topic<?>> refused, boolean fromBeginning) {
        this.kafka = connection.kafka();
        this.codec = new EventCodec(connection.registry());
        this.checkpoints = connection.checkpoints();
        this.topics = topics.stream().collect(Collectors.toMap(Topic::name, Function.identity()));
        this.deadLetterTopics = refused.stream().collect(Collectors.toMap(Topic::deadLetters, Function.identity()));
        this.access = new BrokerAccess(kafka, "this command", this::right);
        this.consumer = consumer();
        this.fromBeginning = fromBeginning;
        assign();
    }

    /** For sending only; polls find nothing. */
    public static KafkaEventLink sending(StackConnection connection) {
        return new KafkaEventLink(connection, List.of(), List.of(), false);
    }

    /** Follows every topic that tells how far a round is, from the beginning. */
    public static KafkaEventLink following(StackConnection connection) {
        return new KafkaEventLink(connection, DEMO, List.of(), true);
    }

    /** Follows what is public: rewards and checkpoint decisions. */
    public static KafkaEventLink watching(StackConnection connection, boolean fromBeginning) {
        return new KafkaEventLink(connection, List.of(Topics.REWARDS, Topics.CHECKPOINTS), List.of(), fromBeginning);
    }

    /**
     * Reads topics from their beginning and goes on following them.
     *
     * @param refused topics whose dead letters come too, as {@link RefusedRecord}
     */
    public static KafkaEventLink replaying(StackConnection connection, List<Topic<?>> topics, List<Topic<?>> refused) {
        return new KafkaEventLink(connection, topics, refused, true);
    }

    @Override
    public boolean isCaughtUp() {
        endsAtStart.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
        return endsAtStart.isEmpty();
    }

    @Override
    public <E> void send(Topic<E> topic, List<E> events) {
        List<Future<RecordMetadata>> acknowledgements = new ArrayList<>();
        try {
            for (E event : events) {
                byte[] value = codec.encode(topic, event);
                acknowledgements.add(producer()
                        .send(new ProducerRecord<>(topic.name(), topic.key().apply(event), value)));
            }
            for (Future<RecordMetadata> acknowledgement : acknowledgements) {
                acknowledgement.get();
            }
        } catch (ExecutionException | KafkaException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while sending events", e);
        }
    }

    @Override
    public List<Object> poll(Duration atMost) {
        List<Object> events = new ArrayList<>();
        try {
            consumer.poll(atMost).forEach(record -> events.add(event(record)));
        } catch (KafkaException e) {
            throw unreachable(e);
        }
        return events;
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(5));
        }
        consumer.close();
        codec.close();
    }

    private Object event(ConsumerRecord<byte[], byte[]> record) {
        Topic<?> refusing = deadLetterTopics.get(record.topic());
        if (refusing != null) {
            DeadLetter letter = DeadLetter.read(record);
            String key = letter.key() == null ? "" : new String(letter.key(), StandardCharsets.UTF_8);
            return new RefusedRecord(refusing, key, letter.reason());
        }
        try {
            return checkpoints.isOn() && record.topic().equals(Topics.CHECKPOINTS.name())
                    ? believed(record)
                    : codec.decode(topics.get(record.topic()), record.value());
        } catch (InvalidEventException invalid) {
            return unreadable(record, invalid.getMessage());
        }
    }

    /** From the beginning only: who begins at the end does not know what the next decision has to follow. */
    private Object believed(ConsumerRecord<byte[], byte[]> record) {
        String objection = checkpoints.objection(record);
        if (!objection.isEmpty()) {
            return unreadable(record, objection);
        }
        CheckpointDecision decision = codec.decode(Topics.CHECKPOINTS, record.value());
        String gap = fromBeginning ? decisions.objection(Topics.CHECKPOINTS, decision, record) : "";
        return gap.isEmpty() ? decision : unreadable(record, gap);
    }

    private static UnreadableRecord unreadable(ConsumerRecord<byte[], byte[]> record, String reason) {
        return new UnreadableRecord(record.topic(), record.partition(), record.offset(), reason);
    }

    private void assign() {
        try {
            List<TopicPartition> partitions = Stream.concat(
                            topics.keySet().stream(), deadLetterTopics.keySet().stream())
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            if (fromBeginning) {
                consumer.seekToBeginning(partitions);
                endsAtStart.putAll(consumer.endOffsets(partitions));
            } else {
                consumer.seekToEnd(partitions);
            }
        } catch (KafkaException e) {
            close();
            throw unreachable(e);
        }
    }

    private String right(String topic) {
        return topics.containsKey(topic) || deadLetterTopics.containsKey(topic)
                ? BrokerAccess.READ
                : BrokerAccess.WRITE;
    }

    private RuntimeException unreachable(Exception cause) {
        return access.explainOr(
                cause,
                () -> new StackException(
                        "the broker at " + kafka.bootstrapServers() + " does not answer: " + cause.getMessage(),
                        cause));
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        try {
            return new KafkaConsumer<>(consumerSettings(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            throw new StackException(
                    "no Kafka client can be made with the settings "
                            + kafka.extra().keySet() + ": " + cause.getMessage()
                            + "; correct them in the client config",
                    e);
        }
    }

    private KafkaProducer<String, byte[]> producer() {
        if (producer == null) {
            producer = new KafkaProducer<>(producerSettings(), new StringSerializer(), new ByteArraySerializer());
        }
        return producer;
    }

    private Map<String, Object> producerSettings() {
        return settings(Map.of(
                "acks",
                "all",
                "enable.idempotence",
                true,
                "max.request.size",
                Topics.NEW_DATA.messageBytesMax(),
                "max.block.ms",
                20_000,
                "delivery.timeout.ms",
                30_000,
                "request.timeout.ms",
                10_000));
    }

    private Map<String, Object> consumerSettings() {
        return settings(Map.of(
                "isolation.level", "read_committed", "default.api.timeout.ms", 20_000, "enable.auto.commit", false));
    }

    private Map<String, Object> settings(Map<String, Object> own) {
        Map<String, Object> settings = new HashMap<>(kafka.extra());
        settings.put("bootstrap.servers", kafka.bootstrapServers());
        settings.putAll(own);
        return settings;
    }
}
