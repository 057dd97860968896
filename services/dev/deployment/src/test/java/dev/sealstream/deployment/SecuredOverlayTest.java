package dev.sealstream.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import static org.assertj.core.api.Assertions.assertThat;

/** The overlay for a cluster that is shared: nobody speaks to the broker unnamed, and no secret is written down. */
class SecuredOverlayTest {
    private static final String AUTHORITY = "seal-cluster-ca-cert";
    private static final int PORT = 9093;

    /** Secrets that are made by hand; all others are made by Strimzi. */
    private static final Set<String> BY_HAND = Set.of("console-tokens", "checkpoint-gate-signing-key");

    private static List<JsonNode> built;

    @BeforeAll
    static void build() {
        built = Kustomize.built("overlays/secured");
    }

    @Test
    void brokerHasNoOpenListenerAndAllowsNothingUnsaid() {
        var kafka = Kustomize.one(built, "Kafka", Generated.CLUSTER);

        assertThat(kafka.at("/spec/kafka/authorization/type").asText()).isEqualTo("simple");
        assertThat(kafka.at("/spec/kafka/authorization/superUsers")).isEmpty();
        assertThat(kafka.at("/spec/kafka/listeners")).singleElement().satisfies(listener -> {
            assertThat(listener.path("port").asInt()).isEqualTo(PORT);
            assertThat(listener.path("tls").asBoolean()).isTrue();
            assertThat(listener.at("/authentication/type").asText()).isEqualTo("scram-sha-512");
        });
    }

    @Test
    void everyServiceLogsInAsTheUserOfItsName() {
        var users =
                Kustomize.of(built, "KafkaUser").stream().map(Manifests::name).collect(Collectors.toSet());

        assertThat(users).containsAll(Repository.services()).contains("registry", "keda");
        assertThat(Kustomize.services(built))
                .hasSameSizeAs(Repository.services())
                .allSatisfy(deployment -> {
                    String service = Manifests.name(deployment);
                    var secret = variable(deployment, "KAFKA_SASL_JAAS_CONFIG").at("/valueFrom/secretKeyRef");
                    assertThat(secret.path("name").asText()).isEqualTo(service);
                    assertThat(secret.path("key").asText()).isEqualTo("sasl.jaas.config");
                    assertThat(environment(deployment))
                            .containsEntry("KAFKA_SECURITY_PROTOCOL", "SASL_SSL")
                            .containsEntry("KAFKA_SASL_MECHANISM", "SCRAM-SHA-512")
                            .containsEntry("KAFKA_SSL_TRUSTSTORE_TYPE", "PEM")
                            .doesNotContainKey("KAFKA_SSL_ENDPOINT_IDENTIFICATION_ALGORITHM");
                    assertThat(sourceOf(deployment, environment(deployment).get("KAFKA_SSL_TRUSTSTORE_LOCATION")))
                            .isEqualTo("Secret " + AUTHORITY + " ca.crt");
                });
    }

    @Test
    void registryLogsInAsItselfAndChecksTheBrokersName() {
        var registry = Kustomize.one(built, "Deployment", "registry");
        var secret =
                variable(registry, "APICURIO_KAFKA_COMMON_SASL_JAAS_CONFIG").at("/valueFrom/secretKeyRef");

        assertThat(secret.path("name").asText()).isEqualTo("registry");
        assertThat(secret.path("key").asText()).isEqualTo("sasl.jaas.config");
        assertThat(variable(registry, "APICURIO_KAFKA_COMMON_SSL_ENDPOINT_IDENTIFICATION_ALGORITHM")
                        .path("value")
                        .asText())
                .isEqualTo("https");
        assertThat(sourceOf(
                        registry,
                        variable(registry, "APICURIO_KAFKA_COMMON_SSL_TRUSTSTORE_LOCATION")
                                .path("value")
                                .asText()))
                .isEqualTo("Secret " + AUTHORITY + " ca.crt");
    }

    @Test
    void lagIsCountedByAUserThatMayReadNothing() {
        // Given
        var authentication = Kustomize.one(built, "TriggerAuthentication", "kafka");
        var parameters = Stream.of("configMapTargetRef", "secretTargetRef")
                .flatMap(kind -> elements(authentication.at("/spec/" + kind)))
                .map(reference -> reference.path("parameter").asText());

        // When
        var triggers = Kustomize.of(built, "ScaledObject").stream()
                .flatMap(scaled -> elements(scaled.at("/spec/triggers")))
                .toList();

        // Then
        assertThat(triggers).hasSizeGreaterThan(3).allSatisfy(trigger -> {
            assertThat(trigger.at("/authenticationRef/name").asText()).isEqualTo("kafka");
            assertThat(trigger.at("/metadata/bootstrapServers").asText())
                    .isEqualTo("seal-kafka-bootstrap.sealstream.svc:" + PORT);
        });
        assertThat(parameters).containsExactlyInAnyOrder("username", "sasl", "tls", "password", "ca");
        assertThat(Kustomize.data(built, "keda-kafka"))
                .containsEntry("username", "keda")
                .containsEntry("sasl", "scram_sha512")
                .containsEntry("tls", "enable");
        assertThat(elements(Kustomize.one(built, "KafkaUser", "keda").at("/spec/authorization/acls"))
                        .flatMap(acl -> Compose.texts(acl.path("operations")).stream()))
                .containsOnly("Describe");
    }

    @Test
    void gateSignsAndWhoeverLoadsOrShowsWeightsAsksForItsSignature() {
        assertThat(Kustomize.services(built)).allSatisfy(deployment -> {
            String service = Manifests.name(deployment);
            var code = new ServiceCode(service);
            var environment = environment(deployment);
            if (code.holdsAModel() || service.equals("console")) {
                assertThat(sourceOf(deployment, environment.get("SEAL_CHECKPOINTS_PUBLIC_KEYS")))
                        .isEqualTo("ConfigMap checkpoint-keys gate.pub");
            }
            if (service.equals("checkpoint-gate")) {
                assertThat(sourceOf(deployment, environment.get("SEAL_CHECKPOINT_GATE_SIGNING_KEY")))
                        .isEqualTo("Secret checkpoint-gate-signing-key gate.key");
            } else {
                assertThat(deployment.toString()).doesNotContain("checkpoint-gate-signing-key");
            }
        });
    }

    @Test
    void consoleDoesNotStartWithoutTokens() {
        var console = Kustomize.one(built, "Deployment", "console");

        assertThat(environment(console)).doesNotContainKey("SEAL_CONSOLE_TOKENS");
        assertThat(sourceOf(console, environment(console).get("SEAL_CONSOLE_TOKENS_FILE")))
                .isEqualTo("Secret console-tokens tokens");
        assertThat(console.findValues("optional")).isEmpty();
    }

    @Test
    void environmentIsSettingsOfTheService() {
        assertThat(Kustomize.services(built)).allSatisfy(deployment -> assertThat(
                        ServiceEnvironment.unknown(Manifests.name(deployment), environment(deployment)))
                .isEmpty());
    }

    @Test
    void secretsAreReferredToAndNeverContained() {
        // Given
        var made = new TreeSet<>(BY_HAND);
        made.add(AUTHORITY);
        Kustomize.of(built, "KafkaUser").forEach(user -> made.add(Manifests.name(user)));
        made.remove(KafkaUserManifests.PEOPLE);

        // When
        var named = built.stream().flatMap(SecuredOverlayTest::secrets).collect(Collectors.toSet());

        // Then
        assertThat(built).extracting(Manifests::kind).doesNotContain("Secret");
        assertThat(named).isEqualTo(made);
        assertThat(built)
                .noneMatch(document -> document.toString().contains("ScramLoginModule")
                        || document.toString().contains("PRIVATE KEY"));
    }

    @Test
    void policiesLetClientsThroughToTheSecuredListenerAlone() {
        var ports = Kustomize.of(built, "NetworkPolicy").stream()
                .flatMap(policy -> elements(policy.at("/spec/egress")))
                .filter(rule -> rule.path("to").toString().contains("strimzi.io/kind"))
                .flatMap(rule -> elements(rule.path("ports")))
                .map(port -> port.path("port").asInt());

        assertThat(ports).hasSize(2).containsOnly(PORT);
        assertThat(Kustomize.data(built, "sealstream"))
                .containsEntry("SEAL_KAFKA_BOOTSTRAP_SERVERS", Generated.CLUSTER + "-kafka-bootstrap:" + PORT);
    }

    @Test
    void everythingIsInTheNamespaceThatTheOperatorsWatch() {
        assertThat(built)
                .filteredOn(document -> !Manifests.kind(document).equals("Namespace"))
                .allSatisfy(document -> assertThat(
                                document.at("/metadata/namespace").asText())
                        .as("%s %s", Manifests.kind(document), Manifests.name(document))
                        .isEqualTo("sealstream"));
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static JsonNode variable(JsonNode deployment, String name) {
        var found = elements(deployment.at("/spec/template/spec/containers/0/env"))
                .filter(variable -> variable.path("name").asText().equals(name))
                .toList();
        assertThat(found).as(name).hasSize(1);
        return found.get(0);
    }

    private static Map<String, String> environment(JsonNode deployment) {
        return ServiceEnvironment.of(
                deployment.at("/spec/template/spec/containers/0"), name -> Kustomize.one(built, "ConfigMap", name));
    }

    /** Of a file in a container: kind and name of what is mounted there, and the key that the file is. */
    private static String sourceOf(JsonNode deployment, String file) {
        assertThat(file).isNotNull();
        int slash = file.lastIndexOf('/');
        var pod = deployment.at("/spec/template/spec");
        var mount = elements(pod.at("/containers/0/volumeMounts"))
                .filter(candidate -> candidate.path("mountPath").asText().equals(file.substring(0, slash)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing is mounted at " + file.substring(0, slash)));
        assertThat(mount.path("readOnly").asBoolean()).isTrue();
        var volume = elements(pod.path("volumes"))
                .filter(candidate -> candidate.path("name").equals(mount.path("name")))
                .findFirst()
                .orElseThrow();
        String source = volume.has("secret")
                ? "Secret " + volume.at("/secret/secretName").asText()
                : "ConfigMap " + volume.at("/configMap/name").asText();
        return source + " " + file.substring(slash + 1);
    }

    /** Names of the Secrets that a document refers to, by whichever way there is. */
    private static Stream<String> secrets(JsonNode document) {
        return Stream.of(
                        document.findValues("secretKeyRef").stream().map(reference -> reference.path("name")),
                        document.findValues("secretRef").stream().map(reference -> reference.path("name")),
                        document.findValues("secretTargetRef").stream()
                                .flatMap(SecuredOverlayTest::elements)
                                .map(reference -> reference.path("name")),
                        document.findValues("secretName").stream())
                .flatMap(names -> names)
                .map(JsonNode::asText);
    }
}
