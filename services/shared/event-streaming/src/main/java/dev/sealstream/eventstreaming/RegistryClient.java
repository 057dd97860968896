package dev.sealstream.eventstreaming;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The few requests of Apicurio Registry's REST API, version 3, that events need. Artifacts live in the default group.
 *
 * <p>A <em>content id</em> names the text of a schema; it is what the serdes of Apicurio 3 put before each record.
 */
final class RegistryClient {
    /** A registry that has not answered by then is as good as down. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final int VERSIONS_MAX = 500;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A registered version of an artifact; {@code reference} is the name under which another schema refers to it. */
    record Reference(String name, String artifactId, String version) {}

    private final String url;
    private final Optional<String> authorization;
    private final HttpClient http;

    RegistryClient(RegistryAccess access) {
        String trimmed = access.url().replaceAll("/+$", "");
        this.url = trimmed.contains("/apis/") ? trimmed : trimmed + "/apis/registry/v3";
        this.authorization = access.authorization();
        var builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT);
        access.trust().ifPresent(builder::sslContext);
        this.http = builder.build();
    }

    /** Content ids of every version of an artifact, the newest first; empty when there is no such artifact. */
    List<Long> contentIds(String artifactId) {
        var found = get(artifact(artifactId) + "/versions?orderby=createdOn&order=desc&limit=" + VERSIONS_MAX);
        var ids = new ArrayList<Long>();
        found.ifPresent(body -> json(body)
                .path("versions")
                .forEach(version -> ids.add(version.path("contentId").asLong())));
        return ids;
    }

    Optional<String> content(long contentId) {
        return get("/ids/contentIds/" + contentId);
    }

    /** The schemas that a schema refers to by name instead of containing them. */
    List<Reference> references(long contentId) {
        return get("/ids/contentIds/" + contentId + "/references")
                .map(RegistryClient::references)
                .orElse(List.of());
    }

    Optional<String> content(Reference reference) {
        return get(version(reference) + "/content");
    }

    List<Reference> references(Reference reference) {
        return get(version(reference) + "/references")
                .map(RegistryClient::references)
                .orElse(List.of());
    }

    /** Registers a schema unless the artifact has it already; returns its content id. */
    long register(String artifactId, String schema) {
        var body = Map.of(
                "artifactId",
                artifactId,
                "artifactType",
                "AVRO",
                "firstVersion",
                Map.of("content", Map.of("content", schema, "contentType", "application/json")));
        var response = send(request("/groups/default/artifacts?ifExists=FIND_OR_CREATE_VERSION")
                .POST(HttpRequest.BodyPublishers.ofString(text(body))));
        if (response.statusCode() == CONFLICT) {
            throw new IllegalStateException("registry at " + url + " refuses the schema of " + artifactId + ": "
                    + json(response.body()).path("title").asText() + "; change the schema so that old and new readers"
                    + " understand both");
        }
        return json(expectSuccess(response)).path("version").path("contentId").asLong();
    }

    /** Demands that every version can read and be read by every other, from the next version on. */
    void requireFullTransitiveCompatibility(String artifactId) {
        String rule = text(Map.of("ruleType", "COMPATIBILITY", "config", "FULL_TRANSITIVE"));
        var created = send(request(artifact(artifactId) + "/rules").POST(HttpRequest.BodyPublishers.ofString(rule)));
        if (created.statusCode() == CONFLICT) {
            expectSuccess(send(request(artifact(artifactId) + "/rules/COMPATIBILITY")
                    .PUT(HttpRequest.BodyPublishers.ofString(rule))));
            return;
        }
        expectSuccess(created);
    }

    @Override
    public String toString() {
        return "registry at " + url;
    }

    private Optional<String> get(String path) {
        var response = send(request(path).GET());
        return response.statusCode() == NOT_FOUND ? Optional.empty() : Optional.of(expectSuccess(response));
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json");
        authorization.ifPresent(value -> request.header("Authorization", value));
        return request;
    }

    private HttpResponse<String> send(HttpRequest.Builder builder) {
        var request = builder.build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new TransientFaultException(
                    request.method() + " " + request.uri() + " failed: " + e + "; is the registry running?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransientFaultException(request.method() + " " + request.uri() + " was interrupted", e);
        }
    }

    private static String expectSuccess(HttpResponse<String> response) {
        int status = response.statusCode();
        if (status >= 200 && status < 300) {
            return response.body();
        }
        String found =
                response.request().method() + " " + response.uri() + " answered " + status + ": " + response.body();
        if (status >= 500 || status == 408 || status == 429) {
            throw new TransientFaultException(found);
        }
        if (status == 401 || status == 403) {
            throw new AccessRefusedException(
                    found,
                    "check seal.registry.username and seal.registry.password (of ./seal: registry.username and"
                            + " registry.password of its client config)",
                    null);
        }
        throw new IllegalStateException(found + "; check the registry's address and version (Apicurio Registry 3)");
    }

    private static String artifact(String artifactId) {
        return "/groups/default/artifacts/" + encoded(artifactId);
    }

    private static String version(Reference reference) {
        return artifact(reference.artifactId()) + "/versions/" + encoded(reference.version());
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static List<Reference> references(String body) {
        var references = new ArrayList<Reference>();
        json(body)
                .forEach(node -> references.add(new Reference(
                        node.path("name").asText(),
                        node.path("artifactId").asText(),
                        node.path("version").asText())));
        return references;
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the registry answered with something that is not JSON: " + body, e);
        }
    }

    private static String text(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of text are always JSON", e);
        }
    }
}
