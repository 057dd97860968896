package dev.sealstream.evaluator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One model behind OpenAI's chat completions API, asked one message at a time. Thread-safe. */
final class ChatEndpoint implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int SERVER_ERRORS = 500;

    private final URI address;
    private final String model;
    private final String apiKey;
    private final Client client;

    /** @param apiKey null where the endpoint asks for none */
    ChatEndpoint(URI baseUrl, String model, String apiKey, Duration timeout) {
        this.address = URI.create(baseUrl.toString().replaceAll("/+$", "") + "/chat/completions");
        this.model = model;
        this.apiKey = apiKey;
        this.client = ClientBuilder.newBuilder()
                .connectTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .build();
    }

    /** What the model says to one message, at temperature 0. */
    String answer(String message) throws JudgeFault {
        var request = client.target(address).request(MediaType.APPLICATION_JSON_TYPE);
        if (apiKey != null) {
            request.header(HttpHeaders.AUTHORIZATION, "Bearer " + apiKey);
        }
        try (var response = request.post(Entity.entity(body(message), MediaType.APPLICATION_JSON_TYPE))) {
            int status = response.getStatus();
            if (status != 200) {
                boolean mayPass = status == TOO_MANY_REQUESTS || status == REQUEST_TIMEOUT || status >= SERVER_ERRORS;
                throw new JudgeFault(
                        "judge at " + address + " answered with status " + status
                                + (mayPass ? "" : "; check seal.judge.url, seal.judge.model and seal.judge.api-key"),
                        mayPass);
            }
            return content(response.readEntity(String.class));
        } catch (ProcessingException e) {
            throw new JudgeFault("judge at " + address + " cannot be reached: " + kind(e), true);
        }
    }

    private String body(String message) {
        try {
            return JSON.writeValueAsString(Map.of(
                    "model", model, "temperature", 0, "messages", List.of(Map.of("role", "user", "content", message))));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a map of texts can always be written as JSON", impossible);
        }
    }

    private String content(String body) throws JudgeFault {
        JsonNode content;
        try {
            content =
                    JSON.readTree(body).path("choices").path(0).path("message").path("content");
        } catch (JsonProcessingException e) {
            throw new JudgeFault("judge at " + address + " answered with something that is not JSON", true);
        }
        if (!content.isTextual()) {
            throw new JudgeFault("judge at " + address + " answered without choices[0].message.content", true);
        }
        return content.asText();
    }

    /** The innermost fault by its kind alone: messages may repeat what was sent. */
    private static String kind(Throwable fault) {
        Throwable innermost = fault;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return innermost.getClass().getSimpleName();
    }

    @Override
    public void close() {
        client.close();
    }
}
