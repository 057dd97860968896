package dev.sealstream.deployment;

import com.fasterxml.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The resources under {@code k8s/base}. */
final class Base {
    static final Path DIRECTORY = Repository.K8S.resolve("base");

    private Base() {}

    static Stream<JsonNode> all() {
        return Repository.files(DIRECTORY, ".yaml").stream()
                .filter(file -> !file.equals(Repository.ALERTS) && !file.endsWith("kustomization.yaml"))
                .flatMap(file -> Manifests.documents(file).stream());
    }

    static JsonNode one(String kind, String name) {
        var found = all().filter(document -> Manifests.kind(document).equals(kind))
                .filter(document -> Manifests.name(document).equals(name))
                .toList();
        assertThat(found).as("%s %s", kind, name).hasSize(1);
        return found.get(0);
    }

    static List<JsonNode> services() {
        return all().filter(document -> Manifests.kind(document).equals("Deployment"))
                .filter(document -> document.at("/metadata/labels/sealstream.dev~1room")
                        .asText()
                        .equals("service"))
                .toList();
    }

    static List<JsonNode> scaledObjects() {
        return all().filter(document -> Manifests.kind(document).equals("ScaledObject"))
                .toList();
    }

    /** What the container of a deployment gets, config maps resolved. */
    static Map<String, String> environment(JsonNode deployment) {
        return ServiceEnvironment.of(deployment.at("/spec/template/spec/containers/0"), name -> one("ConfigMap", name));
    }

    static void assertContains(JsonNode labels, JsonNode selector) {
        assertThat(selector.isObject() && !selector.isEmpty()).isTrue();
        selector.properties().forEach(entry -> assertThat(labels.path(entry.getKey()))
                .as(entry.getKey())
                .isEqualTo(entry.getValue()));
    }
}
