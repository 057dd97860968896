package dev.sealstream.evaluator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sealstream.domain.Grader;
import dev.sealstream.domain.Question;
import dev.sealstream.domain.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** The judge against a real HTTP server that misbehaves. */
class JudgeTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEY = "sk-secret";
    private static final Grader.Answer ANSWER = new Grader.Answer(new Question("Where?", "Ulm"), "In Ulm.");

    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server;

    /** What the endpoint does with one request; {@code number} counts from 1. */
    private interface Endpoint {
        void serve(HttpExchange exchange, int number) throws Exception;
    }

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void yesAndNoAreVerdictsAndTheJudgesWordsAreKept() {
        // Given
        serve((exchange, number) -> say(exchange, number == 1 ? " Yes." : "no"));

        // When
        var verdicts = grade(judge(1, Duration.ofSeconds(10)), 2);

        // Then
        assertThat(verdicts).containsExactly(new Verdict.Given(1, "Yes."), new Verdict.Given(0, "no"));
    }

    @Test
    void endpointIsAskedAsOpenAiIs() throws Exception {
        // Given
        var seen = new AtomicReference<JsonNode>();
        var authorization = new AtomicReference<String>();
        serve((exchange, number) -> {
            seen.set(JSON.readTree(exchange.getRequestBody()));
            authorization.set(exchange.getRequestHeaders().getFirst("Authorization"));
            say(exchange, "yes");
        });

        // When
        grade(judge(1, Duration.ofSeconds(10)), 1);

        // Then
        assertThat(authorization.get()).isEqualTo("Bearer " + KEY);
        assertThat(seen.get().path("model").asText()).isEqualTo("judge-model");
        assertThat(seen.get().path("messages").path(0).path("content").asText())
                .contains("Question: Where?\nGold answer: Ulm\nStudent answer: In Ulm.\n");
    }

    @Test
    void passingErrorsAreTriedAgain() {
        // Given
        serve((exchange, number) -> {
            if (number <= 2) {
                answer(exchange, number == 1 ? 500 : 429, "");
            } else {
                say(exchange, "yes");
            }
        });

        // When
        var verdicts = grade(judge(1, Duration.ofSeconds(10)), 1);

        // Then
        assertThat(verdicts).containsExactly(new Verdict.Given(1, "yes"));
        assertThat(requests).hasValue(3);
    }

    @Test
    void errorsThatStayWithholdEveryVerdictWithoutAskingForEachAgain() {
        // Given
        serve((exchange, number) -> answer(exchange, 503, "key " + KEY + " is overloaded"));

        // When
        var verdicts = grade(judge(1, Duration.ofSeconds(10)), 20);

        // Then
        assertThat(verdicts).hasSize(20).allSatisfy(verdict -> assertThat(reason(verdict))
                .contains("status 503")
                .doesNotContain(KEY));
        assertThat(requests).hasValue(3);
    }

    @Test
    void refusedKeyIsNotTriedAgainAndNotTold() {
        // Given
        serve((exchange, number) -> answer(exchange, 401, "bad key " + KEY));

        // When
        var verdicts = grade(judge(1, Duration.ofSeconds(10)), 1);

        // Then
        assertThat(reason(verdicts.get(0)))
                .contains("status 401")
                .contains("seal.judge.api-key")
                .doesNotContain(KEY);
        assertThat(requests).hasValue(1);
    }

    @Test
    void judgeThatDoesNotAnswerInTimeIsAway() {
        // Given
        var testOver = new CountDownLatch(1);
        serve((exchange, number) -> testOver.await(1, TimeUnit.MINUTES));

        // When
        var verdicts = grade(judge(1, Duration.ofMillis(200)), 1);
        testOver.countDown();

        // Then
        assertThat(reason(verdicts.get(0))).contains("cannot be reached").doesNotContain(KEY);
    }

    @Test
    void nonsenseIsWithheldAndQuoted() {
        // Given
        serve((exchange, number) -> say(exchange, "yes and no"));

        // When
        var verdicts = grade(judge(1, Duration.ofSeconds(10)), 1);

        // Then
        assertThat(reason(verdicts.get(0))).contains("neither yes nor no").contains("'yes and no'");
    }

    @Test
    void answersThatAreNoChatCompletionAreWithheld() {
        // Given
        serve((exchange, number) -> answer(exchange, 200, number == 1 ? "<html>" : "{}"));

        // When
        var verdicts = grade(judge(1, Duration.ofSeconds(10)), 1);

        // Then
        assertThat(reason(verdicts.get(0))).contains("choices[0].message.content");
    }

    @Test
    void asManyRequestsAsAllowedAreOutAtTheSameTimeAndNoMore() {
        // Given: requests pass a barrier of four only if four are out at once
        var barrier = new CyclicBarrier(4);
        var out = new AtomicInteger();
        var most = new AtomicInteger();
        serve((exchange, number) -> {
            most.accumulateAndGet(out.incrementAndGet(), Math::max);
            barrier.await(30, TimeUnit.SECONDS);
            out.decrementAndGet();
            say(exchange, "yes");
        });

        // When
        var verdicts = grade(judge(4, Duration.ofSeconds(30)), 12);

        // Then
        assertThat(verdicts).hasSize(12).containsOnly(new Verdict.Given(1, "yes"));
        assertThat(most).hasValue(4);
    }

    private void serve(Endpoint endpoint) {
        server.createContext("/v1/chat/completions", exchange -> {
            try (exchange) {
                endpoint.serve(exchange, requests.incrementAndGet());
            } catch (Exception e) {
                throw new IOException(e);
            }
        });
    }

    private Judge judge(int concurrency, Duration timeout) {
        var url = URI.create("http://localhost:" + server.getAddress().getPort() + "/v1/");
        return new Judge(new ChatEndpoint(url, "judge-model", KEY, timeout), 3, Duration.ofMillis(1), concurrency);
    }

    private static List<Verdict> grade(Judge judge, int answers) {
        try (judge) {
            return judge.grade(IntStream.range(0, answers).mapToObj(i -> ANSWER).toList());
        }
    }

    private static String reason(Verdict verdict) {
        return ((Verdict.Withheld) verdict).reason();
    }

    private static void say(HttpExchange exchange, String words) throws IOException {
        answer(
                exchange,
                200,
                JSON.writeValueAsString(Map.of("choices", List.of(Map.of("message", Map.of("content", words))))));
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
