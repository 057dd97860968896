package dev.sealstream.integrationtests;

import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What somebody else would write: Kafka's clients, our schemas, Apicurio's serdes set as {@code schemas/README.md} says. */
final class PlainClient {
    private final Map<String, Object> producer;
    private final Map<String, Object> consumer;

    PlainClient(String bootstrapServers, URI registry) {
        String registryUrl = registry.toString();
        this.producer = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "apicurio.registry.url",
                registryUrl,
                "apicurio.registry.dereference-schema",
                true);
        this.consumer = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "apicurio.registry.url",
                registryUrl,
                "apicurio.registry.use-specific-avro-reader",
                true,
                "isolation.level",
                "read_committed");
    }

    void send(String topic, Map<String, ? extends SpecificRecord> recordsByKey) {
        try (var kafka = new KafkaProducer<>(producer, new StringSerializer(), serializer())) {
            recordsByKey.forEach((key, record) -> kafka.send(new ProducerRecord<>(topic, key, record)));
        }
    }

    /** Reads a topic from its beginning until {@code enough} holds, or fails after {@code within}. */
    <R> List<R> readUntil(String topic, Class<R> type, Duration within, Predicate<List<R>> enough) {
        var deadline = Instant.now().plus(within);
        var records = new ArrayList<R>();
        try (var kafka = new KafkaConsumer<>(consumer, new StringDeserializer(), deserializer())) {
            var partitions = kafka.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            kafka.assign(partitions);
            kafka.seekToBeginning(partitions);
            while (!enough.test(records)) {
                if (Instant.now().isAfter(deadline)) {
                    throw new AssertionError("topic " + topic + " has only " + records.size() + " records after "
                            + within.toSeconds() + " s; the last is "
                            + (records.isEmpty() ? "none" : records.get(records.size() - 1)));
                }
                kafka.poll(Duration.ofMillis(200)).forEach(record -> records.add(type.cast(record.value())));
            }
        }
        return records;
    }

    private AvroKafkaSerializer<SpecificRecord> serializer() {
        var serializer = new AvroKafkaSerializer<SpecificRecord>();
        serializer.configure(producer, false);
        return serializer;
    }

    private AvroKafkaDeserializer<Object> deserializer() {
        var deserializer = new AvroKafkaDeserializer<Object>();
        deserializer.configure(consumer, false);
        return deserializer;
    }
}
