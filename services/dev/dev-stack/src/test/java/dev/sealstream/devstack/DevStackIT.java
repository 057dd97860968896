package dev.sealstream.devstack;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class DevStackIT {
    private static final Path ROOT = Path.of(System.getProperty("seal.root", "../../.."));
    private static final String ARTIFACT = """
            {"artifactId": "letter", "artifactType": "AVRO",
             "firstVersion": {"content": {"contentType": "application/json",
               "content": "{\\"type\\":\\"record\\",\\"name\\":\\"Letter\\",\\"fields\\":[]}"}}}
            """;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void recordsAndSchemasSurviveARestart(@TempDir Path state) throws Exception {
        // Given
        DevStackConfig config = DevStackConfig.forTest(ROOT, state).withRegistryInMemory(false);
        try (DevStack stack = DevStack.start(config)) {
            createTopicAndSend(stack, "letters", "dear all");
            assertThat(registerSchema(stack)).isEqualTo(200);
        }

        // When
        try (DevStack stack = DevStack.start(config)) {
            // Then
            assertThat(readAll(stack, "letters")).containsExactly("dear all");
            assertThat(schemaStatus(stack)).isEqualTo(200);
        }
    }

    @Test
    void recordsOfFifteenMegabytesPass(@TempDir Path state) throws Exception {
        // Given
        String large = "x".repeat(15 * 1024 * 1024);
        try (DevStack stack = DevStack.start(DevStackConfig.forTest(ROOT, state))) {
            // When
            createTopicAndSend(stack, "letters", large);

            // Then
            assertThat(readAll(stack, "letters")).containsExactly(large);
        }
    }

    private static void createTopicAndSend(DevStack stack, String topic, String value) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", stack.bootstrapServers(),
                "max.request.size", 16 * 1024 * 1024,
                "buffer.memory", 64L * 1024 * 1024);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, "key", value)).get();
        }
    }

    private static List<String> readAll(DevStack stack, String topic) {
        Map<String, Object> settings = Map.of("bootstrap.servers", stack.bootstrapServers());
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            return consumer.poll(Duration.ofSeconds(30)).records(partition).stream()
                    .map(record -> record.value())
                    .toList();
        }
    }

    private int registerSchema(DevStack stack) throws Exception {
        HttpRequest post = HttpRequest.newBuilder(
                        stack.registryUrl().resolve("/apis/registry/v3/groups/default/artifacts"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(ARTIFACT))
                .build();
        return http.send(post, BodyHandlers.discarding()).statusCode();
    }

    private int schemaStatus(DevStack stack) throws Exception {
        HttpRequest get = HttpRequest.newBuilder(
                        stack.registryUrl().resolve("/apis/registry/v3/groups/default/artifacts/letter"))
                .build();
        return http.send(get, BodyHandlers.discarding()).statusCode();
    }
}
