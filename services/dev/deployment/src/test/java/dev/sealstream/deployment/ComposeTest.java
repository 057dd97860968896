package dev.sealstream.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealstream.eventstreaming.Provision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** The compose file has known fields alone, and says of services what their code says. */
class ComposeTest {
    private static final Compose COMPOSE = Compose.read();
    private static final String REGISTRY = "http://registry:8080/apis/registry/v3";

    @Test
    void everyFieldIsKnown() {
        assertThat(Manifests.schemaFaults("compose.schema.json", COMPOSE.tree()))
                .isEmpty();
    }

    @Test
    void misspeltFieldIsFound() {
        // Given
        JsonNode misspelt = COMPOSE.tree().deepCopy();
        ((ObjectNode) misspelt.at("/services/console")).put("readonly", true);

        // Then
        assertThat(Manifests.schemaFaults("compose.schema.json", misspelt))
                .singleElement()
                .asString()
                .contains("readonly");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "gpu"})
    void everyProfileHasEveryServiceOnce(String profile) {
        var modules = COMPOSE.ours().values().stream()
                .filter(container -> !container.has("profiles")
                        || Compose.texts(container.path("profiles")).contains(profile))
                .map(Compose::module);

        assertThat(modules).containsExactlyInAnyOrderElementsOf(Repository.services());
    }

    @Test
    void upAloneMeansTheProcessorAndTheTinyModel() {
        // Given
        var settings = Repository.text(".env")
                .lines()
                .filter(line -> line.contains("=") && !line.startsWith("#"))
                .collect(Collectors.toMap(line -> line.split("=")[0], line -> line.split("=")[1]));

        // Then
        assertThat(settings).containsEntry("COMPOSE_PROFILES", "cpu");
        Path model = Repository.ROOT.resolve(settings.get("SEAL_MODEL"));
        assertThat(model.resolve("config.json")).exists();
        assertThat(model.resolve("model.safetensors")).exists();
    }

    @Test
    void namesTellWhatRuns() {
        assertThat(COMPOSE.ours()).allSatisfy((name, container) -> {
            boolean gpu = name.endsWith("-gpu");
            assertThat(name).isEqualTo(Compose.module(container) + (gpu ? "-gpu" : ""));
            assertThat(container.path("image").asText())
                    .isEqualTo("sealstream/" + Compose.module(container) + ":0.1.0" + (gpu ? "-cuda" : ""));
            assertThat(container.has("deploy")).isEqualTo(gpu);
            assertThat(container.at("/build/args/FLAVOR").asText()).isEqualTo(gpu ? "cu128" : "");
        });
    }

    @Test
    void environmentIsSettingsOfTheService() {
        assertThat(COMPOSE.ours()).allSatisfy((name, container) -> assertThat(
                        ServiceEnvironment.unknown(Compose.module(container), Compose.environment(container)))
                .isEmpty());
    }

    @Test
    void containersAreUnprivilegedAndStopInTime() {
        assertThat(COMPOSE.ours()).allSatisfy((name, container) -> {
            assertThat(container.path("read_only").asBoolean()).isTrue();
            assertThat(Compose.texts(container.path("cap_drop"))).containsExactly("ALL");
            assertThat(container.path("stop_grace_period").asText()).isEqualTo("60s");
            assertThat(container.at("/depends_on/provision/condition").asText())
                    .isEqualTo("service_completed_successfully");
        });
    }

    @Test
    void everybodyFindsTheBrokerAndTheRegistry() {
        // Given
        var kafka = Compose.environment(COMPOSE.service("kafka"));
        var inside = kafka.get("KAFKA_ADVERTISED_LISTENERS").split(",")[0].replace("INSIDE://", "");

        // Then
        assertThat(COMPOSE.ours().values()).allSatisfy(container -> {
            assertThat(Compose.environment(container)).containsEntry("SEAL_KAFKA_BOOTSTRAP_SERVERS", inside);
            assertThat(Compose.environment(container)).containsEntry("SEAL_REGISTRY_URL", REGISTRY);
        });
        assertThat(Compose.environment(COMPOSE.service("registry")))
                .containsEntry("APICURIO_KAFKASQL_BOOTSTRAP_SERVERS", inside);
    }

    @Test
    void topicsAndSchemasAreProvisionedByOurOwnCommand() {
        // Given
        var provision = COMPOSE.service("provision");

        // Then
        assertThat(Compose.texts(provision.path("entrypoint"))).endsWith(Provision.class.getName());
        assertThat(Compose.texts(provision.path("command"))).containsExactly("topics", "schemas");
        assertThat(Compose.environment(provision).keySet())
                .contains(Provision.BOOTSTRAP_SERVERS, Provision.REGISTRY_URL);
        assertThat(Compose.environment(COMPOSE.service("kafka")))
                .containsEntry("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
    }

    @Test
    void programsOutsideFindWhatTheDevStackOffersWhereItOffersIt() {
        // Given
        var console = new ServiceCode("console").applicationProperties();

        // Then
        assertThat(Compose.texts(COMPOSE.service("kafka").path("ports"))).containsExactly("127.0.0.1:19092:19092");
        assertThat(console).containsEntry("seal.kafka.bootstrap-servers", "localhost:19092");
        assertThat(console).containsEntry("seal.registry.url", "http://localhost:18081/apis/registry/v3");
        assertThat(Compose.texts(COMPOSE.service("registry").path("ports"))).containsExactly("127.0.0.1:18081:8080");
        assertThat(Compose.texts(COMPOSE.service("console").path("ports")))
                .containsExactly("127.0.0.1:" + console.get("quarkus.http.port") + ":8080");
    }

    @Test
    void workersFindTheBucketThatIsThere() {
        // Given
        var s3 = COMPOSE.service("s3");
        var server = Compose.environment(s3);
        var workers = COMPOSE.ours().values().stream()
                .filter(container -> new ServiceCode(Compose.module(container)).holdsAModel())
                .map(Compose::environment)
                .toList();

        // Then
        assertThat(workers).hasSize(8).allSatisfy(worker -> {
            assertThat(worker)
                    .containsEntry("SEAL_ARTIFACTS_STORE", "s3")
                    .containsEntry("SEAL_ARTIFACTS_S3_ENDPOINT", "http://s3:80")
                    .containsEntry("SEAL_ARTIFACTS_S3_PATH_STYLE", "true")
                    .containsEntry("SEAL_ARTIFACTS_S3_ACCESS_KEY", server.get("S3PROXY_IDENTITY"))
                    .containsEntry("SEAL_ARTIFACTS_S3_SECRET_KEY", server.get("S3PROXY_CREDENTIAL"));
            assertThat(Compose.texts(s3.path("volumes")))
                    .containsExactly("artifacts:" + server.get("JCLOUDS_FILESYSTEM_BASEDIR") + "/"
                            + worker.get("SEAL_ARTIFACTS_S3_BUCKET"));
        });
        assertThat(s3.path("image").asText()).endsWith("-" + version("s3proxy.version"));
    }

    @Test
    void variablesThatAreFilledInHaveAValue() {
        var used = Pattern.compile("\\$\\{(\\w+)}")
                .matcher(Repository.text("docker-compose.yml"))
                .results()
                .map(match -> match.group(1));

        assertThat(used).isNotEmpty().allSatisfy(name -> assertThat(Repository.text(".env"))
                .containsPattern("(?m)^" + name + "=.+$"));
    }

    /** The version that tests run against, from the root pom. */
    private static String version(String property) {
        return Pattern.compile("<" + property + ">(.+)</" + property + ">")
                .matcher(Repository.text("pom.xml"))
                .results()
                .map(match -> match.group(1))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void mountedFilesAreThere() {
        var mounted = COMPOSE.tree().path("services").findValues("volumes").stream()
                .flatMap(volumes -> Compose.texts(volumes).stream())
                .map(volume -> volume.split(":")[0])
                .filter(source -> source.startsWith("./"))
                .collect(Collectors.toSet());

        assertThat(mounted).hasSize(2).allSatisfy(path -> assertThat(Repository.ROOT.resolve(path))
                .exists());
    }

    @Test
    void namedVolumesAndConfigsAreDeclared() {
        var volumes = COMPOSE.tree().path("services").findValues("volumes").stream()
                .flatMap(list -> Compose.texts(list).stream())
                .map(volume -> volume.split(":")[0])
                .filter(source -> source.matches("[a-z]+"))
                .collect(Collectors.toSet());
        var configs = COMPOSE.tree().path("services").findValues("configs").stream()
                .flatMap(list -> list.findValuesAsText("source").stream())
                .collect(Collectors.toSet());

        assertThat(names(COMPOSE.tree().path("volumes"))).isEqualTo(volumes);
        assertThat(names(COMPOSE.tree().path("configs"))).isEqualTo(configs);
    }

    @Test
    void prometheusAsksEveryContainerForItsMetrics() {
        // Given
        var prometheus = Manifests.documents(
                        COMPOSE.tree().at("/configs/prometheus/content").asText())
                .get(0);
        var job = prometheus.at("/scrape_configs/0");

        // Then
        assertThat(job.path("metrics_path").asText()).isEqualTo(HealthPaths.METRICS);
        assertThat(Compose.texts(job.at("/dns_sd_configs/0/names")))
                .containsExactlyInAnyOrderElementsOf(COMPOSE.ours().keySet());
        assertThat(COMPOSE.ours().values()).allSatisfy(container -> assertThat(Compose.environment(container))
                .containsEntry(
                        "QUARKUS_HTTP_PORT", job.at("/dns_sd_configs/0/port").asText()));
        assertThat(Compose.texts(prometheus.path("rule_files"))).allSatisfy(file -> assertThat(
                        Compose.texts(COMPOSE.service("prometheus").path("volumes")))
                .anyMatch(volume -> volume.endsWith(":" + file + ":ro")));
    }

    private static Set<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }
}
