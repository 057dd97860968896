package dev.sealstream.devstack.events;

import dev.sealstream.devstack.StackAddresses;
import dev.sealstream.devstack.process.StackException;
import dev.sealstream.eventstreaming.DeadLetter;
import dev.sealstream.eventstreaming.EventCodec;
import dev.sealstream.eventstreaming.InvalidEventException;
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

    private final String bootstrapServers;
    private final EventCodec codec;
    private final Map<String, Topic<?>> topics;
    private final Map<String, Topic<?>> deadLetterTopics;
    private final Map<TopicPartition, Long> endsAtStart = new HashMap<>();
    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;

    private KafkaEventLink(
            StackAddresses addresses, List<Topic<?>> topics, List<Topic<?>> refused, boolean fromBeginning) {
        this.bootstrapServers = addresses.bootstrapServers();
        this.codec = new EventCodec(addresses.registryUrl().toString());
        this.topics = topics.stream().collect(Collectors.toMap(Topic::name, Function.identity()));
        this.deadLetterTopics = refused.stream().collect(Collectors.toMap(Topic::deadLetters, Function.identity()));
        this.producer = new KafkaProducer<>(producerSettings(), new StringSerializer(), new ByteArraySerializer());
        this.consumer =
                new KafkaConsumer<>(consumerSettings(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        assign(fromBeginning);
    }

    /** For sending only; polls find nothing. */
    public static KafkaEventLink sending(StackAddresses addresses) {
        return new KafkaEventLink(addresses, List.of(), List.of(), false);
    }

    /** Follows every topic that tells how far a round is, from the beginning. */
    public static KafkaEventLink following(StackAddresses addresses) {
        return new KafkaEventLink(addresses, DEMO, List.of(), true);
    }

    /** Follows what is public: rewards and checkpoint decisions. */
    public static KafkaEventLink watching(StackAddresses addresses, boolean fromBeginning) {
        return new KafkaEventLink(addresses, List.of(Topics.REWARDS, Topics.CHECKPOINTS), List.of(), fromBeginning);
    }

    /**
     * Reads topics from their beginning and goes on following them.
     *
     * @param refused topics whose dead letters come too, as {@link RefusedRecord}
     */
    public static KafkaEventLink replaying(StackAddresses addresses, List<Topic<?>> topics, List<Topic<?>> refused) {
        return new KafkaEventLink(addresses, topics, refused, true);
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
                acknowledgements.add(producer.send(
                        new ProducerRecord<>(topic.name(), topic.key().apply(event), value)));
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
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(atMost)) {
            events.add(event(record));
        }
        return events;
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
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
            return codec.decode(topics.get(record.topic()), record.value());
        } catch (InvalidEventException invalid) {
            return new UnreadableRecord(record.topic(), record.partition(), record.offset(), invalid.getMessage());
        }
    }

    private void assign(boolean fromBeginning) {
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

    private StackException unreachable(Exception cause) {
        return new StackException(
                "the broker at " + bootstrapServers + " does not answer: " + cause.getMessage(), cause);
    }

    private Map<String, Object> producerSettings() {
        return Map.of(
                "bootstrap.servers",
                bootstrapServers,
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
                10_000);
    }

    private Map<String, Object> consumerSettings() {
        return Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "isolation.level",
                "read_committed",
                "default.api.timeout.ms",
                20_000,
                "enable.auto.commit",
                false);
    }
}
