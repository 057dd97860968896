package dev.sealstream.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** What Kustomize makes of a folder. A test that asks for it is skipped, aloud, where {@code kubectl} is missing. */
final class Kustomize {
    private Kustomize() {}

    /** @param directory relative to {@code k8s} */
    static List<JsonNode> built(String directory) {
        try {
            var process = new ProcessBuilder(
                            "kubectl",
                            "kustomize",
                            Repository.K8S.resolve(directory).toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String yaml = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor())
                    .as("kubectl kustomize k8s/%s", directory)
                    .isZero();
            return Manifests.documents(yaml);
        } catch (IOException absent) {
            return Assumptions.abort("kubectl is not installed, so k8s/" + directory + " cannot be built: " + absent);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while building k8s/" + directory, e);
        }
    }

    /**
     * Base or overlay with one component more. Kustomize follows relative paths alone, so it stands beneath the module.
     *
     * @param resource relative to {@code k8s}
     */
    static List<JsonNode> builtWith(String resource, String component) throws IOException {
        var directory = Repository.ROOT.resolve("services/dev/deployment/target/with-" + component);
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("kustomization.yaml"), """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                resources:
                  - ../../../../../k8s/%s
                components:
                  - ../../../../../k8s/components/%s
                """.formatted(resource, component));
        return built(Repository.K8S.relativize(directory).toString());
    }

    static List<JsonNode> of(List<JsonNode> built, String kind) {
        return built.stream()
                .filter(document -> Manifests.kind(document).equals(kind))
                .toList();
    }

    static JsonNode one(List<JsonNode> built, String kind, String name) {
        var found = of(built, kind).stream()
                .filter(document -> Manifests.name(document).equals(name))
                .toList();
        assertThat(found).as("%s %s", kind, name).hasSize(1);
        return found.get(0);
    }

    /** Deployments of services; none of what they need. */
    static List<JsonNode> services(List<JsonNode> built) {
        return of(built, "Deployment").stream()
                .filter(deployment -> Repository.services().contains(Manifests.name(deployment)))
                .toList();
    }

    /** Data of a config map. */
    static Map<String, String> data(List<JsonNode> built, String name) {
        return one(built, "ConfigMap", name).path("data").properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().asText()));
    }
}
