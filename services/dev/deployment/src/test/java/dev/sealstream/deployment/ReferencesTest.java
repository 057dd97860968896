package dev.sealstream.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealstream.eventstreaming.Topic;
import dev.sealstream.eventstreaming.Topics;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What a manifest of the base refers to is there. */
class ReferencesTest {
    @Test
    void whatIsReferredToIsThere() {
        assertThat(Base.all().filter(document -> document.at("/spec/template/spec/containers")
                        .isArray()))
                .isNotEmpty()
                .allSatisfy(workload -> {
                    var pod = workload.at("/spec/template/spec");
                    Base.one("ServiceAccount", pod.path("serviceAccountName").asText());
                    pod.path("volumes")
                            .findValuesAsText("claimName")
                            .forEach(name -> Base.one("PersistentVolumeClaim", name));
                    pod.path("containers")
                            .findValues("configMapRef")
                            .forEach(reference ->
                                    Base.one("ConfigMap", reference.path("name").asText()));
                    pod.path("containers").findValues("configMapKeyRef").forEach(reference -> assertThat(
                                    Base.one("ConfigMap", reference.path("name").asText())
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
    void metricsAreAskedForWhereServicesHaveThem() {
        // Given
        var monitor = Base.one("ServiceMonitor", "sealstream");

        // Then
        assertThat(monitor.at("/spec/endpoints/0/path").asText()).isEqualTo(HealthPaths.METRICS);
        assertThat(Base.services()).allSatisfy(deployment -> {
            var service = Base.one("Service", Manifests.name(deployment));
            Base.assertContains(service.at("/metadata/labels"), monitor.at("/spec/selector/matchLabels"));
            assertThat(service.at("/spec/ports/0/name").asText())
                    .isEqualTo(monitor.at("/spec/endpoints/0/port").asText());
        });
    }

    @Test
    void networkPoliciesNameServicesThatExist() {
        // Given
        var names = Base.all()
                .map(document -> document.at("/spec/template/metadata/labels/app.kubernetes.io~1name")
                        .asText())
                .collect(Collectors.toSet());

        // When
        var named = Base.all()
                .filter(document -> Manifests.kind(document).equals("NetworkPolicy"))
                .flatMap(policy -> Stream.concat(
                        policy.findValues("app.kubernetes.io/name").stream().map(JsonNode::asText),
                        policy.findValues("values").stream().flatMap(values -> Compose.texts(values).stream())))
                .collect(Collectors.toSet());
        var toKafka = Compose.texts(Base.one("NetworkPolicy", "services-to-kafka-and-registry")
                .at("/spec/podSelector/matchExpressions/0/values"));

        // Then
        assertThat(names).containsAll(named);
        assertThat(toKafka).containsAll(Repository.services()).contains("provision");
    }

    @Test
    void clientsBeginWithTheClusterThatIsThere() {
        var kafka = Base.one("Kafka", Generated.CLUSTER);
        int port = kafka.at("/spec/kafka/listeners/0/port").asInt();

        assertThat(Base.one("ConfigMap", "sealstream")
                        .at("/data/SEAL_KAFKA_BOOTSTRAP_SERVERS")
                        .asText())
                .isEqualTo(Generated.CLUSTER + "-kafka-bootstrap:" + port);
        assertThat(Base.all().flatMap(document -> document.findValuesAsText("bootstrapServers").stream()))
                .isNotEmpty()
                .containsOnly(Generated.CLUSTER + "-kafka-bootstrap.sealstream.svc:" + port);
        assertThat(Base.all().flatMap(document -> document.findValuesAsText("strimzi.io/cluster").stream()))
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
}
