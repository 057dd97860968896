package dev.sealstream.integrationtests;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sealstream.domain.RewardAssigned;
import dev.sealstream.events.DataMode;
import dev.sealstream.events.NewData;
import dev.sealstream.events.PromptStyle;
import dev.sealstream.events.Question;
import dev.sealstream.eventstreaming.Topics;
import dev.sealstream.tinyworld.TinyWorldDocuments;
import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

/** Records that can never be worked on reach the dead letters with their reason, byte for byte, and the next one is served. */
class DeadLettersIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NEW_DATA = "seal.new-data";
    private static final Duration WITHIN = Duration.ofMinutes(2);

    @Test
    void malformedRecordsReachDeadLettersAndTheNextRecordIsServed(@TempDir Path state) throws Exception {
        var settings = Map.of(
                "seal.sampling.group-size", "2",
                "seal.inner-loop.repeats", "1",
                "seal.evaluator.repeats-max", "1",
                "seal.log.json", "true");
        try (var stack = TestStack.start(
                state, settings, "self-edit-proposer", "update-worker", "evaluator", "reward-emitter")) {
            // Given
            var malformed = malformedRecords(stack);
            var good = TinyWorldDocuments.training(3, 1).get(0).newData();

            // When
            sendToOnePartition(stack, malformed.values());
            stack.send(Topics.NEW_DATA, List.of(good));

            // Then
            var rewards = stack.readUntil(Topics.REWARDS, WITHIN, all -> all.size() == 2);
            assertThat(rewards).extracting(RewardAssigned::dataId).containsOnly(good.dataId());
            var letters = deadLetters(stack, malformed.size());
            assertThat(letters).hasSameSizeAs(malformed.keySet());
            int next = 0;
            for (var expected : malformed.entrySet()) {
                var letter = letters.get(next++);
                assertThat(letter.value()).isEqualTo(expected.getValue());
                assertThat(header(letter, "reason")).contains(expected.getKey());
                assertThat(header(letter, "stage")).isEqualTo("self-edit-proposer");
            }
            logNamesTheRecordsThatWereRefused(stack, malformed.size());
        }
    }

    /** Every line that the logger wrote is JSON, and those about a record say which. */
    private static void logNamesTheRecordsThatWereRefused(TestStack stack, int count) throws IOException {
        var records = new TreeSet<String>();
        for (String line : Files.readAllLines(
                stack.processes().service("self-edit-proposer").log())) {
            if (line.startsWith("{")) {
                var entry = JSON.readTree(line);
                assertThat(entry.path("level").isTextual()).as(line).isTrue();
                if (entry.path("message").asText().contains("dead letters")) {
                    records.add(entry.path("mdc").path("record").asText());
                }
            }
        }
        assertThat(records).hasSize(count).allMatch(record -> record.matches("seal[.]new-data-0@[0-9]+"));
    }

    /** Bytes by what their reason must mention. */
    private static Map<String, byte[]> malformedRecords(TestStack stack) {
        var records = new LinkedHashMap<String, byte[]>();
        records.put("first byte", "this is not Avro".getBytes(StandardCharsets.UTF_8));
        records.put(
                "987654",
                ByteBuffer.allocate(5 + 20).put((byte) 0).putInt(987_654).array());
        records.put("context is blank", avro(stack, "  ", "4"));
        records.put("10000000 characters", avro(stack, "x".repeat(10_000_000), "4"));
        records.put("has no answer", avro(stack, "Two and two are four.", ""));
        return records;
    }

    private static byte[] avro(TestStack stack, String context, String answer) {
        var datum = NewData.newBuilder()
                .setDataId("malformed")
                .setMode(DataMode.TRAIN)
                .setPromptStyle(PromptStyle.IMPLICATIONS)
                .setTitle("Arithmetic")
                .setContext(context)
                .setQuestions(List.of(new Question("What are two and two?", answer, null, null)))
                .build();
        try (var serializer = new AvroKafkaSerializer<NewData>()) {
            serializer.configure(
                    Map.of(
                            "apicurio.registry.url",
                            stack.processes().registryUrl().toString(),
                            "apicurio.registry.dereference-schema",
                            true),
                    false);
            return serializer.serialize(NEW_DATA, datum);
        }
    }

    private static void sendToOnePartition(TestStack stack, Iterable<byte[]> records) throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", stack.bootstrapServers(), "max.request.size", 16 * 1024 * 1024);
        try (var kafka = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (byte[] record : records) {
                kafka.send(new ProducerRecord<>(NEW_DATA, 0, null, record)).get();
            }
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> deadLetters(TestStack stack, int count) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", stack.bootstrapServers(), "isolation.level", "read_committed");
        var letters = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        var deadline = Instant.now().plus(WITHIN);
        try (var kafka = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partition = new TopicPartition(NEW_DATA + ".dead-letters", 0);
            kafka.assign(List.of(partition));
            kafka.seekToBeginning(List.of(partition));
            while (letters.size() < count && Instant.now().isBefore(deadline)) {
                kafka.poll(Duration.ofMillis(200)).forEach(letters::add);
            }
        }
        return letters;
    }

    private static String header(ConsumerRecord<?, ?> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
