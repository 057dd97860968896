package dev.sealstream.integrationtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.Outcome;
import dev.sealstream.domain.RolloutEnded;
import dev.sealstream.domain.SelfEdit;
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
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The console between a browser and a real broker. */
class ConsoleIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration WITHIN = Duration.ofMinutes(1);

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void documentsGoInAndRewardsComeOut(@TempDir Path state) throws IOException, InterruptedException {
        try (var stack = TestStack.start(state, Map.of(), "reward-emitter", "console")) {
            var console = stack.processes().consoleUrl();
            acceptsADocument(stack, console);
            namesWhatIsWrong(console);
            streamsRewardsAsTheyCome(stack, console);
            servesThePageByItself(console);
        }
    }

    private void acceptsADocument(TestStack stack, URI console) throws IOException, InterruptedException {
        var answer = post(console, """
                {"title": "Ada", "context": "Ada lives in Ulm.",
                 "questions": [{"question": "Where does Ada live?", "answer": "Ulm"}]}""");

        assertThat(answer.statusCode()).isEqualTo(202);
        String dataId = json(answer).path("dataIds").path(0).asText();
        assertThat(stack.readUntil(Topics.NEW_DATA, WITHIN, all -> !all.isEmpty()))
                .singleElement()
                .satisfies(data -> assertThat(data.dataId()).isEqualTo(dataId))
                .extracting(NewData::title)
                .isEqualTo("Ada");
    }

    private void namesWhatIsWrong(URI console) throws IOException, InterruptedException {
        var answer =
                post(console, "{\"title\": \"Ada\", \"context\": \"\", \"questions\": [{\"question\": \"Who?\"}]}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("problems").findValuesAsText("thing"))
                .containsExactly("document.context", "document.questions[0].answer");
    }

    private void streamsRewardsAsTheyCome(TestStack stack, URI console) throws IOException, InterruptedException {
        var stream = http.send(
                HttpRequest.newBuilder(console.resolve("/api/rewards/stream?history=10"))
                        .build(),
                BodyHandlers.ofLines());
        stack.send(Topics.OUTCOMES, List.of(failed(0), failed(1)));

        try (Stream<String> lines = stream.body()) {
            assertThat(lines.filter(line -> line.startsWith("data:")).limit(2))
                    .allMatch(line -> line.contains("\"reason\":\"out of memory\""));
        }
        var latest = http.send(
                HttpRequest.newBuilder(console.resolve("/api/rewards?limit=1")).build(), BodyHandlers.ofString());
        assertThat(json(latest)).hasSize(1);
        assertThat(json(latest).path(0).path("reward").isNull()).isTrue();
    }

    private void servesThePageByItself(URI console) throws IOException, InterruptedException {
        for (String path : List.of(
                "/",
                "/app.js",
                "/dom.js",
                "/lineage.js",
                "/style.css",
                "/icon.svg",
                "/api/checkpoints",
                "/api/lineage",
                "/q/metrics")) {
            var answer = http.send(HttpRequest.newBuilder(console.resolve(path)).build(), BodyHandlers.ofString());

            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                    .as(path)
                    .startsWith("default-src 'self'");
        }
    }

    private static RolloutEnded failed(int index) {
        var edit = new SelfEdit("a@0#" + index, index, "text", List.of("title\nline"), null, new int[0], new float[0]);
        return new RolloutEnded(
                "a@0",
                2,
                "a",
                DataMode.TRAIN,
                NewData.MAIN_LINEAGE,
                0,
                Sha256.hex("base"),
                "prompt",
                edit,
                null,
                new Outcome.Failed("out of memory"));
    }

    private HttpResponse<String> post(URI console, String body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(console.resolve("/api/new-data"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body());
    }
}
