package dev.sealstream.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What Kustomize makes of base and overlays. Without {@code kubectl} only the overlays' own fields are checked. */
class OverlaysTest {
    private static final List<String> WORKERS =
            List.of("self-edit-proposer", "update-worker", "evaluator", "policy-trainer");

    @Test
    void kustomizationsHaveNoUnknownField() {
        assertThat(Repository.files(Repository.K8S.resolve("overlays"), "kustomization.yaml"))
                .hasSize(2)
                .allSatisfy(file -> assertThat(
                                Manifests.faults(Manifests.documents(file).get(0)))
                        .isEmpty());
    }

    @Test
    void filesThatKustomizationsNameAreThere() {
        assertThat(Repository.files(Repository.K8S, "kustomization.yaml")).allSatisfy(file -> {
            var kustomization = Manifests.documents(file).get(0);
            Stream.concat(
                            Compose.texts(kustomization.path("resources")).stream(),
                            kustomization.path("patches").findValuesAsText("path").stream())
                    .forEach(path -> assertThat(file.resolveSibling(path)).exists());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/dev", "overlays/gpu"})
    void everyFieldOfTheResultIsKnown(String directory) {
        assertThat(built(directory)).hasSizeGreaterThan(50).allSatisfy(document -> assertThat(
                        Manifests.faults(document))
                .as("%s", document)
                .isEmpty());
    }

    @Test
    void developmentNeedsOneBrokerAndCopiesTheTinyModel() {
        var built = built("overlays/dev");

        assertThat(of(built, "KafkaTopic"))
                .allSatisfy(
                        topic -> assertThat(topic.at("/spec/replicas").asInt()).isEqualTo(1))
                .allSatisfy(topic -> assertThat(
                                topic.at("/spec/config/min.insync.replicas").asText())
                        .isEqualTo("1"));
        assertThat(of(built, "KafkaNodePool"))
                .allSatisfy(
                        pool -> assertThat(pool.at("/spec/replicas").asInt()).isEqualTo(1));
        assertThat(of(built, "PersistentVolumeClaim"))
                .extracting(Manifests::name)
                .containsExactly("artifacts");
        assertThat(workers(built)).hasSize(WORKERS.size()).allSatisfy(worker -> {
            var pod = worker.at("/spec/template/spec");
            assertThat(pod.at("/initContainers/0/image").asText()).startsWith("sealstream/tiny-model:");
            assertThat(pod.path("volumes"))
                    .filteredOn(volume -> volume.path("name").asText().equals("model"))
                    .singleElement()
                    .satisfies(volume -> assertThat(volume.has("emptyDir")).isTrue())
                    .satisfies(volume -> assertThat(
                                    volume.path("persistentVolumeClaim").isObject())
                            .isFalse());
        });
    }

    @Test
    void workersOnGpusHaveOneEachAndTimeToFinish() {
        var built = built("overlays/gpu");
        var settings = of(built, "ConfigMap").stream()
                .filter(map -> Manifests.name(map).equals("sealstream-model"))
                .findFirst()
                .orElseThrow()
                .path("data");
        var grace = Duration.parse(
                "PT" + settings.path("SEAL_WORK_GRACE_PERIOD").asText().toUpperCase(Locale.ROOT));

        assertThat(settings.path("SEAL_MODEL_DEVICE").asText()).isEqualTo("cuda:0");
        assertThat(workers(built)).hasSize(WORKERS.size()).allSatisfy(worker -> {
            var pod = worker.at("/spec/template/spec");
            assertThat(pod.at("/containers/0/resources/limits/nvidia.com~1gpu").asText())
                    .isEqualTo("1");
            assertThat(pod.at("/containers/0/image").asText()).endsWith("-cuda");
            assertThat(pod.path("terminationGracePeriodSeconds").asLong()).isGreaterThan(grace.toSeconds());
        });
        assertThat(of(built, "Deployment"))
                .filteredOn(deployment -> !WORKERS.contains(Manifests.name(deployment)))
                .noneMatch(deployment -> deployment.toString().contains("nvidia"));
        assertThat(settings.properties()).allSatisfy(entry -> assertThat(ServiceEnvironment.unknown(
                        "update-worker", Map.of(entry.getKey(), entry.getValue().asText())))
                .isEmpty());
    }

    @Test
    void bucketTakesThePlaceOfTheSharedVolume() throws IOException {
        var built = builtWith("s3-artifacts");

        assertAllKnown(built);
        assertThat(of(built, "PersistentVolumeClaim"))
                .extracting(Manifests::name)
                .containsExactly("model");
        assertThat(workers(built)).hasSize(WORKERS.size()).allSatisfy(worker -> {
            var pod = worker.at("/spec/template/spec");
            assertThat(pod.path("volumes").findValuesAsText("name")).doesNotContain("artifacts");
            assertThat(pod.at("/containers/0/envFrom").findValues("secretRef"))
                    .singleElement()
                    .satisfies(
                            secret -> assertThat(secret.path("name").asText()).isEqualTo("sealstream-s3"));
        });
        assertThat(ServiceEnvironment.unknown("update-worker", data(built, "sealstream-model")))
                .isEmpty();
        assertThat(data(built, "sealstream-model"))
                .containsEntry("SEAL_ARTIFACTS_STORE", "s3")
                .doesNotContainKey("SEAL_ARTIFACTS_DIRECTORY");
    }

    @Test
    void securedBrokerHasAUserForEveryServiceAndNoOpenListener() throws IOException {
        var built = builtWith("secured-kafka");

        assertAllKnown(built);
        assertThat(of(built, "KafkaUser")).extracting(Manifests::name).containsAll(Repository.services());
        assertThat(of(built, "Kafka")).singleElement().satisfies(kafka -> {
            assertThat(kafka.at("/spec/kafka/authorization/type").asText()).isEqualTo("simple");
            assertThat(kafka.at("/spec/kafka/listeners")).allSatisfy(listener -> {
                assertThat(listener.path("tls").asBoolean()).isTrue();
                assertThat(listener.at("/authentication/type").asText()).isEqualTo("scram-sha-512");
            });
        });
    }

    private static void assertAllKnown(List<JsonNode> built) {
        assertThat(built).hasSizeGreaterThan(50).allSatisfy(document -> assertThat(Manifests.faults(document))
                .as("%s", document)
                .isEmpty());
    }

    /** Data of a config map. */
    private static Map<String, String> data(List<JsonNode> built, String name) {
        return of(built, "ConfigMap").stream()
                .filter(map -> Manifests.name(map).equals(name))
                .flatMap(map -> map.path("data").properties().stream())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().asText()));
    }

    /** The base with one component. Kustomize follows relative paths alone, so it stands beneath the module. */
    private static List<JsonNode> builtWith(String component) throws IOException {
        var directory = Repository.ROOT.resolve("services/dev/deployment/target/with-" + component);
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("kustomization.yaml"), """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                resources:
                  - ../../../../../k8s/base
                components:
                  - ../../../../../k8s/components/%s
                """.formatted(component));
        return built(Repository.K8S.relativize(directory).toString());
    }

    private static List<JsonNode> workers(List<JsonNode> built) {
        return of(built, "Deployment").stream()
                .filter(deployment -> WORKERS.contains(Manifests.name(deployment)))
                .toList();
    }

    private static List<JsonNode> of(List<JsonNode> built, String kind) {
        return built.stream()
                .filter(document -> Manifests.kind(document).equals(kind))
                .toList();
    }

    private static List<JsonNode> built(String directory) {
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
}
