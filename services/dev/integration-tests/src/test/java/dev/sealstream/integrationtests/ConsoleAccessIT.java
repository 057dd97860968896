package dev.sealstream.integrationtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sealstream.eventstreaming.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Who gets in at the console, and who does not. */
class ConsoleAccessIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration WITHIN = Duration.ofMinutes(1);
    private static final String TOKEN = "adas-0123456789abcdef";
    private static final Map<String, String> TOKENS = Map.of("seal.console.tokens", "Ada:" + TOKEN);
    private static final String DOCUMENT = """
            {"title": "Ada", "context": "Ada lives in Ulm.",
             "questions": [{"question": "Where does Ada live?", "answer": "Ulm"}]}""";

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void withTokensNobodyGetsInWithoutOne(@TempDir Path state) throws IOException, InterruptedException {
        try (var stack = TestStack.start(state, TOKENS, "console")) {
            var console = stack.processes().consoleUrl();
            healthIsOpen(console);
            strangersAreTurnedAway(console);
            browserIsLedToTheLoginPage(console);
            bearerIsLetIn(stack, console);
            sessionIsLetIn(console);
            nobodyDecidesInAnothersName(console);
            assertThat(Files.readString(stack.processes().service("console").log()))
                    .doesNotContain(TOKEN);
        }
    }

    @Test
    void withoutTokensNobodyWrites(@TempDir Path state) throws IOException, InterruptedException {
        try (var stack = TestStack.start(state, Map.of("seal.console.anonymous-writes", "false"), "console")) {
            // Given
            var console = stack.processes().consoleUrl();

            // When
            var read = send(get(console, "/api/lineage"));
            var write = send(post(console, "/api/new-data", DOCUMENT));

            // Then
            assertThat(read.statusCode()).isEqualTo(200);
            assertThat(write.statusCode()).isEqualTo(403);
            assertThat(problem(write).path("remedy").asText()).contains("seal.console.tokens");
        }
    }

    private void healthIsOpen(URI console) throws IOException, InterruptedException {
        assertThat(send(get(console, "/q/health/ready")).statusCode()).isEqualTo(200);
        assertThat(send(get(console, "/q/health")).statusCode()).isEqualTo(200);
    }

    private void strangersAreTurnedAway(URI console) throws IOException, InterruptedException {
        for (String path : List.of(
                "/api/lineage",
                "/api/rewards/stream",
                "/api/session",
                "/app.js",
                "/q/metrics",
                "/q/health/../metrics",
                "/%61pi/lineage",
                "//api/lineage")) {
            assertThat(send(get(console, path)).statusCode()).as(path).isIn(401, 404);
        }
        var write = send(post(console, "/api/new-data", DOCUMENT));
        var guess = send(get(console, "/api/lineage").header("Authorization", "Bearer " + TOKEN + "0"));
        var forged = send(get(console, "/api/lineage").header("Cookie", "seal-session=QWRh.99999999999.AAAA"));

        assertThat(write.statusCode()).isEqualTo(401);
        assertThat(write.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Bearer");
        assertThat(problem(write).path("value").asText()).isEqualTo("missing");
        assertThat(guess.statusCode()).isEqualTo(401);
        assertThat(problem(guess).path("value").asText()).isEqualTo("a token that is nobody's");
        assertThat(guess.body()).doesNotContain(TOKEN);
        assertThat(forged.statusCode()).isEqualTo(401);
    }

    private void browserIsLedToTheLoginPage(URI console) throws IOException, InterruptedException {
        var page = send(get(console, "/"));

        assertThat(page.statusCode()).isEqualTo(303);
        var login = page.headers().firstValue("Location").map(console::resolve).orElseThrow();
        assertThat(login.getPath()).isEqualTo("/login.html");
        for (String path : List.of(login.getPath(), "/login.js", "/dom.js", "/style.css", "/icon.svg")) {
            assertThat(send(get(console, path)).statusCode()).as(path).isEqualTo(200);
        }
    }

    private void bearerIsLetIn(TestStack stack, URI console) throws IOException, InterruptedException {
        var bearer = "Bearer " + TOKEN;
        assertThat(send(get(console, "/q/metrics").header("Authorization", bearer))
                        .statusCode())
                .isEqualTo(200);
        assertThat(send(post(console, "/api/new-data", DOCUMENT).header("Authorization", bearer))
                        .statusCode())
                .isEqualTo(202);
        // The stranger's document, the same, was not written before it.
        assertThat(stack.readUntil(Topics.NEW_DATA, WITHIN, all -> !all.isEmpty()))
                .hasSize(1);
    }

    private void sessionIsLetIn(URI console) throws IOException, InterruptedException {
        // Given
        var wrong = send(post(console, "/api/session", "{\"token\": \"adas-0123456789abcdeg\"}"));
        var right = send(post(console, "/api/session", "{\"token\": \"" + TOKEN + "\"}"));
        String cookie = right.headers().firstValue("Set-Cookie").orElseThrow();
        String session = cookie.substring(0, cookie.indexOf(';'));

        // When
        var page = send(get(console, "/").header("Cookie", session));
        var who = send(get(console, "/api/session").header("Cookie", session));
        var left = send(HttpRequest.newBuilder(console.resolve("/api/session"))
                .header("Cookie", session)
                .DELETE());

        // Then
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(cookie).containsIgnoringCase("HttpOnly").containsIgnoringCase("SameSite=Strict");
        assertThat(cookie).doesNotContain(TOKEN);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(who.body()).path("person").asText()).isEqualTo("Ada");
        assertThat(left.headers().firstValue("Set-Cookie").orElse("")).contains("seal-session=;");
    }

    private void nobodyDecidesInAnothersName(URI console) throws IOException, InterruptedException {
        var asEve = send(
                post(console, "/api/rollbacks", "{\"toVersion\": 7, \"by\": \"Eve\", \"reason\": \"a better one\"}")
                        .header("Authorization", "Bearer " + TOKEN));
        var asAda = send(post(console, "/api/rollbacks", "{\"toVersion\": 7, \"reason\": \"a better one\"}")
                .header("Authorization", "Bearer " + TOKEN));

        assertThat(asEve.statusCode()).isEqualTo(400);
        assertThat(problem(asEve).path("thing").asText()).isEqualTo("by");
        assertThat(problem(asEve).path("allowed").asText()).isEqualTo("Ada");
        // Nothing is wrong with it but that there is no version 7.
        assertThat(asAda.statusCode()).isEqualTo(409);
    }

    private static HttpRequest.Builder get(URI console, String path) {
        return HttpRequest.newBuilder(URI.create(console + path));
    }

    private static HttpRequest.Builder post(URI console, String path, String body) {
        return HttpRequest.newBuilder(console.resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode problem(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body()).path("problems").path(0);
    }
}
