package dev.sealstream.integrationtests;

import dev.sealstream.devstack.ServiceSettings;
import dev.sealstream.devstack.StackService;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.CheckpointDecision.Released;
import dev.sealstream.domain.CheckpointDecision.RolledBack;
import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.NewData;
import dev.sealstream.eventstreaming.AccessRefusedException;
import dev.sealstream.eventstreaming.BrokerAccess;
import dev.sealstream.eventstreaming.BrokerCheck;
import dev.sealstream.eventstreaming.EventCodec;
import dev.sealstream.eventstreaming.KafkaSettings;
import dev.sealstream.eventstreaming.LogReader;
import dev.sealstream.eventstreaming.Topics;
import dev.sealstream.tinyworld.TinyWorldDocument;
import dev.sealstream.tinyworld.TinyWorldDocuments;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * The loop closes with everything locked: TLS and a password or a certificate for every service and for the command line, rights of
 * the Kubernetes manifests and no others, a token at the console, signed checkpoints. Whoever lacks a right says which and loses
 * nothing. What nobody signed moves no head.
 */
class SecuredLoopIT {
    private static final int ROUND = 4;
    private static final Duration WAIT = Duration.ofMinutes(4);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final String TOKEN = "adas-0123456789abcdef";
    private static final String WRONG = "not-the-secret";

    /** Half of them, of each kind: workers and a Kafka Streams application. */
    private static final Set<String> CERTIFIED = Set.of("evaluator", "policy-trainer", "checkpoint-gate");

    @Test
    void loopClosesAndWhatNobodySignedMovesNoHead(@TempDir Path state, @TempDir Path keys) throws Exception {
        var broker = SecuredBroker.in(state, CERTIFIED);
        broker.withhold("console", Topics.NEW_DATA.name());
        broker.withhold("update-worker", Topics.UPDATES.name());
        var settings = new HashMap<>(Map.of(
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
            var seal = new SecuredCommand(stack, broker, keys);
            var heldOut = TinyWorldDocuments.benchmark(21, ROUND);
            consoleSaysWhatItMayNotUntilItMay(stack, broker, heldOut.get(0));
            refusalsSayWhatToSetOrGrant(broker, seal);
            sendThroughTheConsole(stack, heldOut.subList(1, ROUND), "BENCHMARK");

            // When
            sendAtTheCommandLine(seal, keys, TinyWorldDocuments.training(21, 1).get(0));
            workerSaysWhatItMayNotAndStops(stack.processes().service("update-worker"));
            broker.grantWrite(stack.bootstrapServers(), "update-worker", Topics.UPDATES.name());
            stack.processes().service("update-worker").start();
            var released = (Released) decisions(stack, 1).get(0);
            sendThroughTheConsole(stack, TinyWorldDocuments.training(51, ROUND), "TRAIN");
            var decided = decisions(stack, 2);

            // Then: a document was learnt for good, and a round of policy training came to its end
            assertThat(released.candidate().lesson()).isNotNull();
            assertThat(decided.get(1).candidate().kind()).isEqualTo(CandidateProposed.Kind.POLICY);
            var head = decided.get(1) instanceof Released next ? next : released;
            moveHeadBackAndForth(stack, seal, head, decided.size());

            // When: the administrator himself writes what the gate did not, and again what it did
            writeAgain(stack, decided.size());
            stack.send(
                    Topics.CHECKPOINTS,
                    List.of(new RolledBack(
                            NewData.MAIN_LINEAGE, 0, released.parentWeightsHash(), "Eve", "to lose what was learnt")));

            // Then
            assertThat(weightsThatServe(stack)).isEqualTo(head.weightsHash());
            assertThat(Files.readString(
                            stack.processes().service("self-edit-proposer").log()))
                    .contains("refused record of topic=seal.checkpoints")
                    .contains("it is signed and does not follow what was signed before it")
                    .contains("it is not signed");
            nobodyWritesWhatIsNotHis(broker);
            assertThat(logs(stack))
                    .doesNotContain(TOKEN)
                    .doesNotContain(SecuredBroker.password("update-worker"))
                    .doesNotContain("PRIVATE KEY");
            assertThat(seal.run("log").text())
                    .contains("released", "to see it come")
                    .doesNotContain("Eve");
        }
    }

    /** Its signatures go on where they were when the gate dies in between. */
    private static void moveHeadBackAndForth(TestStack stack, SecuredCommand seal, Released head, int decided)
            throws IOException, InterruptedException {
        assertThat(seal.run("rollback", "0", "--by=Ada", "--why=to see it go").text())
                .contains("moved from version " + head.version() + " to 0");
        var gate = stack.processes().service("checkpoint-gate");
        gate.kill9();
        gate.start();
        assertThat(seal.run("rollback", Long.toString(head.version()), "--by=Ada", "--why=to see it come")
                        .code())
                .isZero();
        assertThat(decisions(stack, decided + 2).get(decided + 1))
                .isInstanceOfSatisfying(
                        RolledBack.class, back -> assertThat(back.weightsHash()).isEqualTo(head.weightsHash()));
    }

    /** What somebody can do who has the gate's password and not its key: write a decision of it, signed, a second time. */
    private static void writeAgain(TestStack stack, int place) throws ExecutionException, InterruptedException {
        var log = List.of(new TopicPartition(Topics.CHECKPOINTS.name(), 0));
        var client = Map.<String, Object>of("bootstrap.servers", stack.bootstrapServers());
        var bytes = new ByteArrayDeserializer();
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        try (var consumer = new KafkaConsumer<>(client, bytes, bytes)) {
            consumer.assign(log);
            consumer.seekToBeginning(log);
            while (records.size() <= place) {
                consumer.poll(LOOK_EVERY).forEach(records::add);
            }
        }
        var old = records.get(place);
        try (var producer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(old.topic(), null, old.key(), old.value(), old.headers()))
                    .get();
        }
    }

    private static List<CheckpointDecision> decisions(TestStack stack, int count) {
        return stack.readUntil(Topics.CHECKPOINTS, WAIT, decisions -> decisions.size() >= count);
    }

    /** Each with a principal of its own; all believe the gate's key alone. */
    private static List<ServiceSettings> services(SecuredBroker broker) throws IOException {
        var services = new ArrayList<ServiceSettings>();
        for (var service : ServiceSettings.ALL) {
            String name = service.name();
            var own = service.with("seal.kafka.bootstrap-servers", broker.bootstrapServers(name));
            var client = name.equals("policy-trainer") ? broker.certifiedClientWithFile(name) : broker.clientOf(name);
            for (var setting : client.entrySet()) {
                // In the environment, as Kubernetes gives a Secret's key and certificate.
                own = CERTIFIED.contains(name)
                        ? own.withEnvironment(variable(setting.getKey()), setting.getValue())
                        : own.with("kafka." + setting.getKey(), setting.getValue());
            }
            services.add(own);
        }
        return services;
    }

    private static String variable(String setting) {
        return "KAFKA_" + setting.toUpperCase(Locale.ROOT).replace('.', '_');
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

    /** Refused with what to do, not with a bare error; nothing has to be started again once it is granted. */
    private static void consoleSaysWhatItMayNotUntilItMay(
            TestStack stack, SecuredBroker broker, TinyWorldDocument document)
            throws IOException, InterruptedException {
        var refused = post(stack, document, "BENCHMARK");
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
        assertThat(refused.body())
                .contains("user console lacks Write on topic seal.new-data, which the console needs")
                .contains("grant it, on Kubernetes in the KafkaUser console");

        broker.grantWrite(stack.bootstrapServers(), "console", Topics.NEW_DATA.name());
        var deadline = Instant.now().plus(WAIT);
        while (post(stack, document, "BENCHMARK").statusCode() != 202) {
            assertThat(Instant.now()).isBefore(deadline);
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    private static void refusalsSayWhatToSetOrGrant(SecuredBroker broker, SecuredCommand seal)
            throws IOException, InterruptedException {
        var untrusting = new HashMap<>(broker.clientOf("update-worker"));
        untrusting.keySet().removeIf(setting -> setting.startsWith("ssl."));

        assertThat(refusal(broker.bootstrapServers("update-worker"), broker.passwordClient("update-worker", WRONG)))
                .contains("refuses the login of user update-worker (SASL_SSL, SCRAM-SHA-512)", "set sasl.jaas.config")
                .doesNotContain(WRONG);
        assertThat(refusal(broker.bootstrapServers("update-worker"), untrusting))
                .contains("does not trust the certificate of broker", "set ssl.truststore.location");
        assertThat(refusal(broker.bootstrapServers("evaluator"), broker.anonymousClient()))
                .contains("refuses the TLS connection of a client without", "set ssl.keystore.location");

        var console =
                new KafkaSettings(broker.bootstrapServers("console"), "http://unused", broker.clientOf("console"));
        var access = new BrokerAccess(console, "a test", topic -> BrokerAccess.READ);
        assertThatThrownBy(() -> BrokerCheck.require(console, List.of(Topics.OUTCOMES.name()), access))
                .isInstanceOf(AccessRefusedException.class)
                .hasMessageContaining("user console lacks Read on topic seal.outcomes, which a test needs");

        var guessed = seal.runWithPassword(WRONG, "log");
        assertThat(guessed.code()).isEqualTo(1);
        assertThat(guessed.text())
                .startsWith("seal: broker localhost:")
                .contains("refuses the login of user people")
                .hasLineCount(1)
                .doesNotContain(WRONG);
    }

    private static String refusal(String bootstrapServers, Map<String, String> client) {
        var kafka = new KafkaSettings(bootstrapServers, "http://unused", client);
        try (var log = new LogReader<>(kafka, Topics.CHECKPOINTS, new EventCodec(kafka.registryUrl()))) {
            return catchThrowableOfType(AccessRefusedException.class, log::readNew)
                    .getMessage();
        }
    }

    private static void sendAtTheCommandLine(SecuredCommand seal, Path directory, TinyWorldDocument document)
            throws IOException, InterruptedException {
        var file = Files.writeString(directory.resolve("document.json"), "[{" + content(document) + "}]");

        var sent = seal.run("send", file.toString(), "--mode=ADAPT");
        var mayNot = seal.run("dead-letters", "replay", Topics.UPDATES.name(), "--all");

        assertThat(sent.text()).contains("sent 1 document as ADAPT");
        assertThat(mayNot.code()).isEqualTo(1);
        assertThat(mayNot.text()).contains("user people lacks Write on transactional id dead-letters-replay");
    }

    /** The document's self-edits wait for it: what was not committed comes again. */
    private static void workerSaysWhatItMayNotAndStops(StackService worker) throws IOException {
        var deadline = Instant.now().plus(WAIT);
        while (worker.isAlive()) {
            assertThat(Instant.now()).as("end of " + worker.name()).isBefore(deadline);
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        worker.stop();
        assertThat(Files.readString(worker.log()))
                .contains(
                        "stage=update-worker stopped: user update-worker lacks Write on topic seal.updates, which stage"
                                + " update-worker needs; grant it, on Kubernetes in the KafkaUser update-worker")
                .doesNotContain("TopicAuthorizationException");
    }

    private static void sendThroughTheConsole(TestStack stack, List<TinyWorldDocument> documents, String mode)
            throws IOException, InterruptedException {
        for (var document : documents) {
            var response = post(stack, document, mode);
            assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        }
    }

    private static HttpResponse<String> post(TestStack stack, TinyWorldDocument document, String mode)
            throws IOException, InterruptedException {
        String body = "{\"dataId\": \"" + document.id() + "\", \"mode\": \"" + mode + "\", " + content(document) + "}";
        var request = HttpRequest.newBuilder(stack.processes().consoleUrl().resolve("/api/new-data"))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    private static String content(TinyWorldDocument document) {
        var questions = new ArrayList<String>();
        document.questions()
                .forEach(question -> questions.add(
                        "{\"question\": \"" + question.question() + "\", \"answer\": \"" + question.answer() + "\"}"));
        return "\"title\": \"" + document.title() + "\", \"context\": \""
                + document.newData().context().replace("\n", "\\n") + "\", \"questions\": " + questions;
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
        Map<String, Object> client = new HashMap<>(broker.clientOf("update-worker"));
        client.put("bootstrap.servers", broker.bootstrapServers("update-worker"));
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
