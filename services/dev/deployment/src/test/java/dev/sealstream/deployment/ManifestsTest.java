package dev.sealstream.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealstream.eventstreaming.Topic;
import dev.sealstream.eventstreaming.Topics;
import dev.sealstream.workerruntime.WorkConfig;
import io.smallrye.config.WithDefault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import static org.assertj.core.api.Assertions.assertThat;

/** The base under {@code k8s/}: every field known, every reference met, everything that comes from code equal to it. */
class ManifestsTest {
    private static final Path BASE = Repository.K8S.resolve("base");
    private static final Set<String> SCALED = Set.of("self-edit-proposer", "update-worker", "evaluator");

    @Test
    void everyFieldIsKnown() {
        assertThat(yamlFiles()).allSatisfy(file -> assertThat(Manifests.documents(file))
                .isNotEmpty()
                .allSatisfy(document -> assertThat(Manifests.faults(document))
                        .as("%s", document)
                        .isEmpty()));
    }

    @Test
    void misspeltFieldIsFound() {
        // Given
        String yaml = Repository.text(BASE.resolve("services/evaluator.yaml"));

        // When
        var faults = Manifests.documents(yaml.replace("readOnlyRootFilesystem", "readOnlyRootFileSystem")).stream()
                .flatMap(document -> Manifests.faults(document).stream());

        // Then
        assertThat(faults).singleElement().asString().contains("readOnlyRootFileSystem");
    }

    @Test
    void misspeltFieldOfACustomResourceIsFound() {
        // Given
        String user = Repository.text(Repository.K8S.resolve("components/secured-kafka/users.yaml"));
        String scaled = Repository.text(BASE.resolve("services/evaluator.yaml"));

        // When
        var ofUser = Manifests.faults(
                Manifests.documents(user.replace("patternType", "patterntype")).get(0));
        var ofScaled = Manifests.documents(scaled.replace("lagThreshold", "lagTreshold")).stream()
                .flatMap(document -> Manifests.faults(document).stream());

        // Then
        assertThat(ofUser).isNotEmpty();
        assertThat(ofScaled).isNotEmpty();
    }

    @Test
    void kustomizationListsEveryFile() {
        // Given
        var kustomization =
                Manifests.documents(BASE.resolve("kustomization.yaml")).get(0);

        // When
        var listed = texts(kustomization.path("resources"));

        // Then
        assertThat(Repository.files(BASE, ".yaml").stream()
                        .map(file -> BASE.relativize(file).toString()))
                .filteredOn(file -> !file.equals("kustomization.yaml") && !file.equals("monitoring/alerts.yaml"))
                .hasSameElementsAs(listed);
    }

    @Test
    void everyServiceHasADeploymentAndNothingElseIsCalledOne() {
        assertThat(services()).extracting(Manifests::name).hasSameElementsAs(Repository.services());
    }

    @ParameterizedTest
    @MethodSource("services")
    void podsAreUnprivilegedProbedAndSpread(JsonNode deployment) {
        var pod = deployment.at("/spec/template/spec");
        var container = pod.at("/containers/0");

        assertThat(pod.path("containers")).hasSize(1);
        assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(pod.path("topologySpreadConstraints")).isNotEmpty();
        assertThat(container.path("name").asText()).isEqualTo("service");
        assertThat(container.path("image").asText()).startsWith("sealstream/" + Manifests.name(deployment) + ":");
        assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                .isTrue();
        assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                .isFalse();
        assertThat(texts(container.at("/securityContext/capabilities/drop"))).containsExactly("ALL");
        assertThat(container.at("/startupProbe/httpGet/path").asText()).isEqualTo(HealthPaths.STARTED);
        assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo(HealthPaths.READY);
        assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo(HealthPaths.LIVE);
        assertThat(container.at("/resources/requests/cpu").asText()).isNotBlank();
        assertThat(container.at("/resources/requests/memory").asText()).isNotBlank();
        assertThat(container.at("/resources/limits/memory").asText()).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("services")
    void stopWaitsLongerThanTheServiceNeeds(JsonNode deployment) throws NoSuchMethodException {
        // Given
        var grace = WorkConfig.class
                .getMethod("gracePeriod")
                .getAnnotation(WithDefault.class)
                .value();

        // When
        long seconds = deployment
                .at("/spec/template/spec/terminationGracePeriodSeconds")
                .asLong();

        // Then
        assertThat(grace).isEqualTo("30s");
        assertThat(seconds).isGreaterThan(30 + 5);
    }

    @ParameterizedTest
    @MethodSource("services")
    void environmentIsSettingsOfTheService(JsonNode deployment) {
        assertThat(ServiceEnvironment.unknown(Manifests.name(deployment), environment(deployment)))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("services")
    void selectorsMatchThePodsAndPortsHaveNames(JsonNode deployment) {
        // Given
        String name = Manifests.name(deployment);
        var labels = deployment.at("/spec/template/metadata/labels");

        // Then
        assertContains(labels, deployment.at("/spec/selector/matchLabels"));
        assertContains(labels, one("Service", name).at("/spec/selector"));
        assertContains(labels, one("PodDisruptionBudget", name).at("/spec/selector/matchLabels"));
        assertContains(
                labels, deployment.at("/spec/template/spec/topologySpreadConstraints/0/labelSelector/matchLabels"));
        assertThat(one("Service", name).at("/spec/ports/0/targetPort").asText())
                .isEqualTo(deployment
                        .at("/spec/template/spec/containers/0/ports/0/name")
                        .asText());
        assertThat(environment(deployment).get("QUARKUS_HTTP_PORT"))
                .isEqualTo(deployment
                        .at("/spec/template/spec/containers/0/ports/0/containerPort")
                        .asText());
    }

    @Test
    void whatIsReferredToIsThere() {
        assertThat(base().filter(document ->
                        document.at("/spec/template/spec/containers").isArray()))
                .isNotEmpty()
                .allSatisfy(workload -> {
                    var pod = workload.at("/spec/template/spec");
                    one("ServiceAccount", pod.path("serviceAccountName").asText());
                    pod.path("volumes")
                            .findValuesAsText("claimName")
                            .forEach(name -> one("PersistentVolumeClaim", name));
                    pod.path("containers")
                            .findValues("configMapRef")
                            .forEach(reference ->
                                    one("ConfigMap", reference.path("name").asText()));
                    pod.path("containers").findValues("configMapKeyRef").forEach(reference -> assertThat(
                                    one("ConfigMap", reference.path("name").asText())
                                            .path("data")
                                            .has(reference.path("key").asText()))
                            .isTrue());
                    var volumes = pod.path("volumes").findValuesAsText("name");
                    var mounts = new ArrayList<String>();
                    pod.path("containers").forEach(container -> container
                            .path("volumeMounts")
                            .forEach(mount -> mounts.add(mount.path("name").asText())));
                    assertThat(volumes).containsAll(mounts);
                });
    }

    @Test
    void secretsAreNeverInTheManifests() {
        assertThat(base()).extracting(Manifests::kind).doesNotContain("Secret");
    }

    @ParameterizedTest
    @MethodSource("scaledObjects")
    void workersAreScaledByTheLagOfTheirOwnGroups(JsonNode scaled) {
        // Given
        String service = Manifests.name(scaled);
        var access = ServiceAccesses.of(service);
        var triggers = StreamSupport.stream(scaled.at("/spec/triggers").spliterator(), false)
                .map(trigger -> trigger.path("metadata"))
                .toList();

        // Then
        assertThat(scaled.at("/spec/scaleTargetRef/name").asText()).isEqualTo(service);
        assertThat(one("Deployment", service).path("spec").has("replicas"))
                .as("replicas are KEDA's")
                .isFalse();
        assertThat(scaled.at("/spec/minReplicaCount").asInt(-1)).isZero();
        assertThat(scaled.at("/spec/maxReplicaCount").asInt())
                .isEqualTo(access.intakes().stream()
                        .mapToInt(intake -> intake.topic().partitions())
                        .max()
                        .orElseThrow());
        assertThat(triggers)
                .extracting(trigger -> trigger.path("consumerGroup").asText() + " reads "
                        + trigger.path("topic").asText())
                .containsExactlyInAnyOrderElementsOf(access.intakes().stream()
                        .map(intake ->
                                intake.group() + " reads " + intake.topic().name())
                        .toList());
    }

    @Test
    void workersThatScaleAreScaled() {
        assertThat(scaledObjects()).extracting(Manifests::name).hasSameElementsAs(SCALED);
    }

    @Test
    void metricsAreAskedForWhereServicesHaveThem() {
        // Given
        var monitor = one("ServiceMonitor", "sealstream");

        // Then
        assertThat(monitor.at("/spec/endpoints/0/path").asText()).isEqualTo(HealthPaths.METRICS);
        assertThat(services()).allSatisfy(deployment -> {
            var service = one("Service", Manifests.name(deployment));
            assertContains(service.at("/metadata/labels"), monitor.at("/spec/selector/matchLabels"));
            assertThat(service.at("/spec/ports/0/name").asText())
                    .isEqualTo(monitor.at("/spec/endpoints/0/port").asText());
        });
    }

    @Test
    void networkPoliciesNameServicesThatExist() {
        // Given
        var names = base().map(document -> document.at("/spec/template/metadata/labels/app.kubernetes.io~1name")
                        .asText())
                .collect(Collectors.toSet());

        // When
        var named = base().filter(document -> Manifests.kind(document).equals("NetworkPolicy"))
                .flatMap(policy -> Stream.concat(
                        policy.findValues("app.kubernetes.io/name").stream().map(JsonNode::asText),
                        policy.findValues("values").stream().flatMap(values -> texts(values).stream())))
                .collect(Collectors.toSet());
        var toKafka = texts(one("NetworkPolicy", "services-to-kafka-and-registry")
                .at("/spec/podSelector/matchExpressions/0/values"));

        // Then
        assertThat(names).containsAll(named);
        assertThat(toKafka).containsAll(Repository.services()).contains("provision");
    }

    @Test
    void clientsBeginWithTheClusterThatIsThere() {
        var kafka = one("Kafka", Generated.CLUSTER);
        int port = kafka.at("/spec/kafka/listeners/0/port").asInt();

        assertThat(one("ConfigMap", "sealstream")
                        .at("/data/SEAL_KAFKA_BOOTSTRAP_SERVERS")
                        .asText())
                .isEqualTo(Generated.CLUSTER + "-kafka-bootstrap:" + port);
        assertThat(base().flatMap(document -> document.findValuesAsText("bootstrapServers").stream()))
                .isNotEmpty()
                .containsOnly(Generated.CLUSTER + "-kafka-bootstrap.sealstream.svc:" + port);
        assertThat(base().flatMap(document -> document.findValuesAsText("strimzi.io/cluster").stream()))
                .containsOnly(Generated.CLUSTER);
    }

    @Test
    void usersNameTopicsThatExist() {
        // Given
        var topics = Topics.all().stream()
                .flatMap(topic -> Stream.of(topic.name(), topic.deadLetters()))
                .collect(Collectors.toSet());

        // When
        var named = Manifests.documents(Repository.K8S.resolve("components/secured-kafka/users.yaml")).stream()
                .flatMap(user -> user.findValues("resource").stream())
                .filter(resource -> resource.path("type").asText().equals("topic"))
                .map(resource -> resource.path("name").asText())
                .filter(name -> name.startsWith("seal."));

        // Then
        assertThat(named).isNotEmpty().allMatch(topics::contains);
    }

    @Test
    void everyTopicHasAReaderOrIsForPeople() {
        var read = ServiceAccesses.all().stream()
                .flatMap(access -> access.reads().stream())
                .map(Topic::name)
                .collect(Collectors.toSet());

        assertThat(ServiceAccesses.all().stream().flatMap(access -> access.writes().stream()))
                .extracting(Topic::name)
                .allMatch(read::contains);
    }

    static List<JsonNode> services() {
        return base().filter(document -> Manifests.kind(document).equals("Deployment"))
                .filter(document -> document.at("/metadata/labels/sealstream.dev~1room")
                        .asText()
                        .equals("service"))
                .toList();
    }

    static List<JsonNode> scaledObjects() {
        return base().filter(document -> Manifests.kind(document).equals("ScaledObject"))
                .toList();
    }

    /** Without the components' patches, which are no resources: those are checked in what is built with them. */
    private static List<Path> yamlFiles() {
        var files = new ArrayList<>(Repository.files(BASE, ".yaml"));
        files.add(Repository.K8S.resolve("components/secured-kafka/users.yaml"));
        files.add(Repository.K8S.resolve("components/s3-artifacts/network-policy.yaml"));
        files.addAll(Repository.files(Repository.K8S.resolve("components"), "kustomization.yaml"));
        files.remove(Repository.ALERTS);
        return files;
    }

    private static Stream<JsonNode> base() {
        return Repository.files(BASE, ".yaml").stream()
                .filter(file -> !file.equals(Repository.ALERTS) && !file.endsWith("kustomization.yaml"))
                .flatMap(file -> Manifests.documents(file).stream());
    }

    private static JsonNode one(String kind, String name) {
        var found = base().filter(document -> Manifests.kind(document).equals(kind))
                .filter(document -> Manifests.name(document).equals(name))
                .toList();
        assertThat(found).as("%s %s", kind, name).hasSize(1);
        return found.get(0);
    }

    /** What the container of a deployment gets, config maps resolved. */
    private static Map<String, String> environment(JsonNode deployment) {
        return ServiceEnvironment.of(deployment.at("/spec/template/spec/containers/0"), name -> one("ConfigMap", name));
    }

    private static void assertContains(JsonNode labels, JsonNode selector) {
        assertThat(selector.isObject() && !selector.isEmpty()).isTrue();
        selector.properties().forEach(entry -> assertThat(labels.path(entry.getKey()))
                .as(entry.getKey())
                .isEqualTo(entry.getValue()));
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
