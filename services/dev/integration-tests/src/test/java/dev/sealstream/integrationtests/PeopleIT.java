package dev.sealstream.integrationtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sealstream.devstack.events.KafkaEventLink;
import dev.sealstream.devstack.events.StackConnection;
import dev.sealstream.devstack.lineage.LineageClient;
import dev.sealstream.devstack.process.StackException;
import dev.sealstream.domain.AdapterReference;
import dev.sealstream.domain.AnswerPair;
import dev.sealstream.domain.Approval;
import dev.sealstream.domain.ArtifactReference;
import dev.sealstream.domain.BenchmarkMeasured;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.DeltaSize;
import dev.sealstream.domain.DocumentScore;
import dev.sealstream.domain.Measurement;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.Sha256;
import dev.sealstream.eventstreaming.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** People at the console and at the command line, and a gate that does nothing without them. */
class PeopleIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration WITHIN = Duration.ofMinutes(1);
    private static final String BASE = Sha256.hex("base");
    private static final Map<String, String> ASK_ALWAYS = Map.of("seal.checkpoint-gate.approval", "ALWAYS");

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void heldCandidateSurvivesARestartOfEverythingAndPeopleDecide(@TempDir Path state) throws Exception {
        // Given: a candidate that passes the rule, and a restart while it waits
        try (var stack = TestStack.startRemembering(state, ASK_ALWAYS, "checkpoint-gate", "console")) {
            stack.send(Topics.BENCHMARKS, List.of(measured("main@0+policy")));
            stack.readUntil(Topics.CHECKPOINTS, WITHIN, all -> all.size() == 1);
        }
        try (var stack = TestStack.startRemembering(state, ASK_ALWAYS, "checkpoint-gate", "console")) {
            consoleShowsWhatWaits(stack);
            wrongDecisionsAreRefused(stack);
            yesAtTheConsoleReleases(stack);
            commandLineRollsBack(stack);
        }
    }

    private void consoleShowsWhatWaits(TestStack stack) throws IOException, InterruptedException {
        var waiting = json(get(stack, "/api/lineage")).path("waiting");
        assertThat(waiting).hasSize(1);
        assertThat(waiting.path(0).path("candidateId").asText()).isEqualTo("main@0+policy");
        assertThat(waiting.path(0).path("comparisons")).hasSize(3);
        assertThat(waiting.path(0).path("answers").path(0).path("after").asText())
                .isEqualTo("Ulm");
        assertThat(get(stack, "/api/lineage/candidate?id=main%400%2Bpolicy").statusCode())
                .isEqualTo(200);
        assertThat(get(stack, "/api/lineage/candidate?id=nobody").statusCode()).isEqualTo(404);
    }

    private void wrongDecisionsAreRefused(TestStack stack) throws IOException, InterruptedException {
        var incomplete = post(stack, "/api/approvals", "{\"candidateId\": \"main@0+policy\", \"approved\": true}");
        var unknown = post(stack, "/api/rollbacks", "{\"toVersion\": 7, \"by\": \"Ada\", \"reason\": \"why not\"}");

        assertThat(incomplete.statusCode()).isEqualTo(400);
        assertThat(json(incomplete).path("problems").findValuesAsText("thing")).containsExactly("by", "reason");
        assertThat(unknown.statusCode()).isEqualTo(409);
        assertThat(json(unknown).path("problems").findValuesAsText("allowed")).containsExactly("0");
    }

    private void yesAtTheConsoleReleases(TestStack stack) throws IOException, InterruptedException {
        // When
        var answer = post(stack, "/api/approvals", """
                {"candidateId": "main@0+policy", "approved": true, "by": "Ada", "reason": "it reads well"}""");

        // Then
        assertThat(answer.statusCode()).isEqualTo(202);
        var decisions = stack.readUntil(Topics.CHECKPOINTS, WITHIN, all -> all.size() == 2);
        assertThat(decisions.get(1)).isInstanceOfSatisfying(CheckpointDecision.Released.class, released -> {
            assertThat(released.version()).isEqualTo(1);
            assertThat(released.approval()).isEqualTo(new Approval("Ada", "it reads well"));
        });
    }

    private void commandLineRollsBack(TestStack stack) {
        try (var link = KafkaEventLink.replaying(
                StackConnection.open(stack.processes().addresses()), LineageClient.TOPICS, LineageClient.REFUSALS)) {
            var client = LineageClient.open(link, NewData.MAIN_LINEAGE, System::nanoTime);
            assertThat(client.history().head()).isEqualTo(1);
            assertThatThrownBy(() -> client.decide("main@0+policy", false, "Eve", "too late"))
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("already released as version 1");

            // When
            client.rollBack(0, "Eve", "start over");

            // Then
            assertThat(client.awaitHead(0, WITHIN)).isTrue();
            assertThat(client.history().has(1)).isTrue();
        }
    }

    private static BenchmarkMeasured measured(String candidateId) {
        var file = new ArtifactReference("store:delta", 1, Sha256.hex("delta"));
        var candidate = new CandidateProposed(
                candidateId,
                NewData.MAIN_LINEAGE,
                CandidateProposed.Kind.POLICY,
                0,
                BASE,
                new AdapterReference(file, file),
                List.of("a@0"),
                0.5,
                1.0,
                0.1,
                0.5,
                null);
        return new BenchmarkMeasured(
                candidate,
                0,
                0,
                null,
                measurement(BASE, 0.4),
                measurement(candidate.weightsHashOn(BASE), 0.6),
                new DeltaSize(1.0, 0.1, Map.of("q_proj", 1.0)),
                0.01,
                List.of(new AnswerPair("ada", "Where does Ada live?", "Ulm", "Bern", "Ulm")),
                null);
    }

    private static Measurement measurement(String weightsHash, double selfEdits) {
        return new Measurement(
                weightsHash,
                List.of(
                        new DocumentScore("held-out-1", 0.1, 0.3, selfEdits),
                        new DocumentScore("held-out-2", 0.2, 0.4, selfEdits + 0.1)),
                List.of());
    }

    private HttpResponse<String> get(TestStack stack, String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(at(stack, path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(TestStack stack, String path, String body)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(at(stack, path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static URI at(TestStack stack, String path) {
        return stack.processes().consoleUrl().resolve(path);
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body());
    }
}
