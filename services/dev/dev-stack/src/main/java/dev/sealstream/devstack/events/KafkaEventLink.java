package dev.sealstream.devstack.events;

import dev.sealstream.devstack.StackAddresses;
import dev.sealstream.devstack.process.StackException;
import dev.sealstream.domain.NewData;
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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;

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
    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;

    private KafkaEventLink(StackAddresses addresses, List<Topic<?>> topics, boolean fromBeginning) {
        this.bootstrapServers = addresses.bootstrapServers();
        this.codec = new EventCodec(addresses.registryUrl().toString());
        this.topics = topics.stream().collect(Collectors.toMap(Topic::name, Function.identity()));
        this.producer = new KafkaProducer<>(producerSettings(), new StringSerializer(), new ByteArraySerializer());
        this.consumer =
                new KafkaConsumer<>(consumerSettings(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        assign(fromBeginning);
    }

    /** For sending only; polls find nothing. */
    public static KafkaEventLink sending(StackAddresses addresses) {
        return new KafkaEventLink(addresses, List.of(), false);
    }

    /** Follows every topic that tells how far a round is, from the beginning. */
    public static KafkaEventLink following(StackAddresses addresses) {
        return new KafkaEventLink(addresses, DEMO, true);
    }

    /** Follows what is public: rewards and checkpoint decisions. */
    public static KafkaEventLink watching(StackAddresses addresses, boolean fromBeginning) {
        return new KafkaEventLink(addresses, List.of(Topics.REWARDS, Topics.CHECKPOINTS), fromBeginning);
    }

    @Override
    public void send(List<NewData> documents) {
        List<Future<RecordMetadata>> acknowledgements = new ArrayList<>();
        try {
            for (NewData document : documents) {
                byte[] value = codec.encode(Topics.NEW_DATA, document);
                acknowledgements.add(
                        producer.send(new ProducerRecord<>(Topics.NEW_DATA.name(), document.dataId(), value)));
            }
            for (Future<RecordMetadata> acknowledgement : acknowledgements) {
                acknowledgement.get();
            }
        } catch (ExecutionException | KafkaException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while sending documents", e);
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
        try {
            return codec.decode(topics.get(record.topic()), record.value());
        } catch (InvalidEventException invalid) {
            return new UnreadableRecord(record.topic(), record.partition(), record.offset(), invalid.getMessage());
        }
    }

    private void assign(boolean fromBeginning) {
        try {
            List<TopicPartition> partitions = topics.keySet().stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            if (fromBeginning) {
                consumer.seekToBeginning(partitions);
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
