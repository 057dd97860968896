package dev.sealstream.integrationtests;

import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.PromptStyle;
import dev.sealstream.domain.Question;
import dev.sealstream.domain.Sha256;
import dev.sealstream.events.CheckpointDecided;
import dev.sealstream.eventstreaming.SchemaRegistrar;
import dev.sealstream.eventstreaming.TopicCreator;
import dev.sealstream.eventstreaming.Topics;
import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Our bytes and those of Apicurio's serdes are the same, on a real registry. */
class SchemasIT {
    private static final String NEW_DATA = Topics.NEW_DATA.name();
    private static final NewData DATUM = new NewData(
            "d",
            DataMode.TRAIN,
            PromptStyle.REWRITE,
            "main",
            "title",
            "context",
            List.of(new Question("q", "a")),
            "somewhere");

    private static final String BASE_HASH = Sha256.hex("base");

    private static Infrastructure infrastructure;

    @BeforeAll
    static void start(@TempDir Path state) {
        infrastructure = Infrastructure.start(state);
    }

    @AfterAll
    static void stop() {
        infrastructure.close();
    }

    @Test
    void clientWithDefaultSettingsReadsOurBytes() {
        byte[] bytes = infrastructure.codec().encode(Topics.NEW_DATA, DATUM);

        try (var deserializer = new AvroKafkaDeserializer<dev.sealstream.events.NewData>()) {
            deserializer.configure(settings(Map.of("apicurio.registry.use-specific-avro-reader", true)), false);
            assertThat(deserializer.deserialize(NEW_DATA, bytes).getTitle()).isEqualTo("title");
        }
    }

    @Test
    void clientWithoutOurClassesReadsACheckpoint() {
        var decision = new CheckpointDecision.RolledBack("main", 0, BASE_HASH, "Ada", "forgot");
        byte[] bytes = infrastructure.codec().encode(Topics.CHECKPOINTS, decision);

        try (var deserializer = new AvroKafkaDeserializer<GenericRecord>()) {
            deserializer.configure(settings(Map.of()), false);
            var record = deserializer.deserialize(Topics.CHECKPOINTS.name(), bytes);
            assertThat(((GenericRecord) record.get("decision")).get("by")).hasToString("Ada");
        }
    }

    @Test
    void weReadTheBytesOfAClientThatLooksForTheWholeSchema() {
        try (var serializer = new AvroKafkaSerializer<CheckpointDecided>()) {
            serializer.configure(settings(Map.of("apicurio.registry.dereference-schema", true)), false);
            assertThat(infrastructure
                            .codec()
                            .decode(Topics.CHECKPOINTS, serializer.serialize(Topics.CHECKPOINTS.name(), rolledBack())))
                    .isEqualTo(new CheckpointDecision.RolledBack("main", 0, BASE_HASH, "Ada", "forgot"));
        }
    }

    @Test
    void weReadTheBytesOfAClientThatRegistersByItself() {
        try (var serializer = new AvroKafkaSerializer<CheckpointDecided>()) {
            serializer.configure(settings(Map.of("apicurio.registry.auto-register", true)), false);
            byte[] bytes = serializer.serialize("somebody.elses-topic", rolledBack());

            assertThat(infrastructure.codec().decode(Topics.CHECKPOINTS, bytes))
                    .isEqualTo(new CheckpointDecision.RolledBack("main", 0, BASE_HASH, "Ada", "forgot"));
        }
    }

    @Test
    void registeringAndCreatingAgainChangesNothing() throws Exception {
        byte[] before = infrastructure.codec().encode(Topics.NEW_DATA, DATUM);

        SchemaRegistrar.register(infrastructure.registryUrl());
        TopicCreator.createMissing(infrastructure.bootstrapServers());

        assertThat(infrastructure.codec().encode(Topics.NEW_DATA, DATUM)).isEqualTo(before);
        var versions = http(
                HttpRequest.newBuilder(artifact("seal.new-data-value/versions")).GET());
        assertThat(versions).contains("\"count\":1");
    }

    @Test
    void schemaThatBreaksOldReadersIsRefused() throws Exception {
        String incompatible = """
                {"content": {"contentType": "application/json", "content":
                 "{\\"type\\":\\"record\\",\\"name\\":\\"NewData\\",\\"namespace\\":\\"dev.sealstream.events\\",\\"fields\\":[]}"}}
                """;

        var answer = http(HttpRequest.newBuilder(artifact("seal.new-data-value/versions"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(incompatible)));

        assertThat(answer).contains("RuleViolationException");
    }

    private static CheckpointDecided rolledBack() {
        return CheckpointDecided.newBuilder()
                .setLineage("main")
                .setDecision(dev.sealstream.events.CheckpointRolledBack.newBuilder()
                        .setToVersion(0)
                        .setWeightsHash(BASE_HASH)
                        .setBy("Ada")
                        .setReason("forgot")
                        .build())
                .build();
    }

    private static Map<String, Object> settings(Map<String, Object> more) {
        var settings = new HashMap<String, Object>(more);
        settings.put("apicurio.registry.url", infrastructure.registryUrl());
        return settings;
    }

    private static URI artifact(String path) {
        return URI.create(infrastructure.registryUrl() + "/groups/default/artifacts/" + path);
    }

    private static String http(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.ofString())
                .body();
    }
}
