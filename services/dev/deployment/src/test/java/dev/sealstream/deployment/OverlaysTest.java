package dev.sealstream.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import static dev.sealstream.deployment.Kustomize.built;
import static dev.sealstream.deployment.Kustomize.builtWith;
import static dev.sealstream.deployment.Kustomize.data;
import static dev.sealstream.deployment.Kustomize.of;
import static org.assertj.core.api.Assertions.assertThat;

/** What Kustomize makes of base and overlays. Without {@code kubectl} only the overlays' own fields are checked. */
class OverlaysTest {
    private static final List<String> WORKERS =
            List.of("self-edit-proposer", "update-worker", "evaluator", "policy-trainer");

    @Test
    void kustomizationsHaveNoUnknownField() {
        assertThat(Repository.files(Repository.K8S.resolve("overlays"), "kustomization.yaml"))
                .hasSize(3)
                .allSatisfy(file -> assertThat(
                                Manifests.faults(Manifests.documents(file).get(0)))
                        .isEmpty());
    }

    @Test
    void filesThatKustomizationsNameAreThere() {
        assertThat(Repository.files(Repository.K8S, "kustomization.yaml")).allSatisfy(file -> {
            var kustomization = Manifests.documents(file).get(0);
            Stream.of(
                            Compose.texts(kustomization.path("resources")),
                            Compose.texts(kustomization.path("components")),
                            kustomization.path("patches").findValuesAsText("path"))
                    .flatMap(List::stream)
                    .forEach(path -> assertThat(file.resolveSibling(path)).exists());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/dev", "overlays/gpu", "overlays/secured"})
    void everyFieldOfTheResultIsKnown(String directory) {
        assertAllKnown(built(directory));
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
        var built = builtWith("base", "s3-artifacts");

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

    private static void assertAllKnown(List<JsonNode> built) {
        assertThat(built).hasSizeGreaterThan(50).allSatisfy(document -> assertThat(Manifests.faults(document))
                .as("%s", document)
                .isEmpty());
    }

    private static List<JsonNode> workers(List<JsonNode> built) {
        return of(built, "Deployment").stream()
                .filter(deployment -> WORKERS.contains(Manifests.name(deployment)))
                .toList();
    }
}
