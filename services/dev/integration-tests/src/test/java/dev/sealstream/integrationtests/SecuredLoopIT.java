package dev.sealstream.integrationtests;

import dev.sealstream.devstack.ServiceSettings;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.CheckpointDecision.Released;
import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.NewData;
import dev.sealstream.eventstreaming.ClientSecurity;
import dev.sealstream.eventstreaming.Topics;
import dev.sealstream.tinyworld.TinyWorldDocument;
import dev.sealstream.tinyworld.TinyWorldDocuments;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The loop closes with everything locked: TLS and a password for every service, rights of the Kubernetes manifests and no
 * others, a token at the console, signed checkpoints. What nobody signed moves no head.
 */
class SecuredLoopIT {
    private static final int ROUND = 4;
    private static final Duration WAIT = Duration.ofMinutes(4);
    private static final String TOKEN = "adas-0123456789abcdef";

    @Test
    void loopClosesAndWhatNobodySignedMovesNoHead(@TempDir Path state, @TempDir Path keys) throws Exception {
        var broker = SecuredBroker.in(state);
        var settings = new HashMap<>(Map.of(
                "seal.kafka.bootstrap-servers", broker.bootstrapServers(),
                "seal.sampling.group-size", "3",
                "seal.inner-loop.repeats", "1",
                "seal.evaluator.repeats-max", "1",
                "seal.policy-trainer.round-size", Integer.toString(ROUND),
                // Few held-out documents measure coarsely; how well a lesson sticks is what decides here.
                "seal.checkpoint-gate.tolerance", "0.5",
                "seal.console.tokens", "Ada:" + TOKEN));
        settings.putAll(signatures(keys));
        try (var stack = TestStack.startSecured(state, settings, services(broker), broker)) {
            // Given
            sendThroughTheConsole(stack, TinyWorldDocuments.benchmark(21, ROUND), "BENCHMARK");

            // When
            sendThroughTheConsole(stack, TinyWorldDocuments.training(21, 1), "ADAPT");
            var released = (Released) decisions(stack, 1).get(0);
            sendThroughTheConsole(stack, TinyWorldDocuments.training(51, ROUND), "TRAIN");
            var decided = decisions(stack, 2);

            // Then: a document was learnt for good, and a round of policy training came to its end
            assertThat(released.candidate().lesson()).isNotNull();
            assertThat(decided.get(1).candidate().kind()).isEqualTo(CandidateProposed.Kind.POLICY);
            String head = decided.get(1) instanceof Released next ? next.weightsHash() : released.weightsHash();

            // When: the administrator himself writes what the gate did not
            stack.send(
                    Topics.CHECKPOINTS,
                    List.of(new CheckpointDecision.RolledBack(
                            NewData.MAIN_LINEAGE, 0, released.parentWeightsHash(), "Eve", "to lose what was learnt")));

            // Then
            assertThat(weightsThatServe(stack)).isEqualTo(head);
            assertThat(Files.readString(
                            stack.processes().service("self-edit-proposer").log()))
                    .contains("refused record of topic=seal.checkpoints")
                    .contains("it is not signed");
            nobodyWritesWhatIsNotHis(broker);
            assertThat(logs(stack)).doesNotContain(TOKEN).doesNotContain(SecuredBroker.password("update-worker"));
        }
    }

    private static List<CheckpointDecision> decisions(TestStack stack, int count) {
        return stack.readUntil(Topics.CHECKPOINTS, WAIT, decisions -> decisions.size() >= count);
    }

    /** Each with a principal of its own; all believe the gate's key alone. */
    private static List<ServiceSettings> services(SecuredBroker broker) {
        return ServiceSettings.ALL.stream()
                .map(service -> {
                    var own = service;
                    for (var setting : broker.clientOf(service.name()).entrySet()) {
                        own = own.with(setting.getKey(), setting.getValue());
                    }
                    return own;
                })
                .toList();
    }

    private static Map<String, String> signatures(Path directory) throws GeneralSecurityException, IOException {
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        return Map.of(
                "seal.checkpoint-gate.signing-key",
                pem(
                        directory.resolve("gate.key"),
                        "PRIVATE KEY",
                        pair.getPrivate().getEncoded()),
                "seal.checkpoints.public-keys",
                pem(
                        directory.resolve("gate.pub"),
                        "PUBLIC KEY",
                        pair.getPublic().getEncoded()));
    }

    private static String pem(Path file, String label, byte[] key) throws IOException {
        String base64 = Base64.getMimeEncoder().encodeToString(key);
        return Files.writeString(file, "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n")
                .toString();
    }

    private static void sendThroughTheConsole(TestStack stack, List<TinyWorldDocument> documents, String mode)
            throws IOException, InterruptedException {
        var http = HttpClient.newHttpClient();
        for (var document : documents) {
            var request = HttpRequest.newBuilder(stack.processes().consoleUrl().resolve("/api/new-data"))
                    .header("Authorization", "Bearer " + TOKEN)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(json(document, mode)))
                    .build();
            var response = http.send(request, BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        }
    }

    private static String json(TinyWorldDocument document, String mode) {
        var questions = new ArrayList<String>();
        document.questions()
                .forEach(question -> questions.add(
                        "{\"question\": \"" + question.question() + "\", \"answer\": \"" + question.answer() + "\"}"));
        return "{\"dataId\": \"" + document.id() + "\", \"mode\": \"" + mode + "\", \"title\": \"" + document.title()
                + "\", \"context\": \"" + document.newData().context().replace("\n", "\\n") + "\", \"questions\": "
                + questions + "}";
    }

    private static String weightsThatServe(TestStack stack) {
        var datum = TinyWorldDocuments.training(52, 1).get(0).newData();
        stack.send(
                Topics.NEW_DATA,
                List.of(new NewData(
                        datum.dataId(),
                        DataMode.MEASURE,
                        datum.promptStyle(),
                        datum.lineage(),
                        datum.title(),
                        datum.context(),
                        datum.questions(),
                        datum.source())));
        return stack
                .readUntil(Topics.REWARDS, WAIT, rewards -> rewards.stream()
                        .anyMatch(reward -> reward.dataId().equals(datum.dataId())))
                .stream()
                .filter(reward -> reward.dataId().equals(datum.dataId()))
                .findFirst()
                .orElseThrow()
                .weightsHash();
    }

    private static void nobodyWritesWhatIsNotHis(SecuredBroker broker) {
        Map<String, Object> client = new HashMap<>(ClientSecurity.of(broker.clientOf("update-worker")));
        client.put("bootstrap.servers", broker.bootstrapServers());
        try (var producer = new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("seal.checkpoints", "main", "mine"))
                            .get())
                    .hasCauseInstanceOf(TopicAuthorizationException.class)
                    .hasMessageContaining("seal.checkpoints");
        }
    }

    private static String logs(TestStack stack) {
        return ServiceSettings.ALL.stream()
                .map(service -> stack.processes().service(service.name()).log())
                .flatMap(SecuredLoopIT::lines)
                .reduce("", (all, line) -> all + line + "\n");
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
