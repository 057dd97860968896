package dev.sealstream.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The secured overlay with certificates instead of passwords: nobody has a password left. */
class MutualTlsTest {
    private static List<JsonNode> built;

    @BeforeAll
    static void build() throws IOException {
        built = Kustomize.builtWith("overlays/secured", "mutual-tls");
    }

    @Test
    void everyFieldIsKnownAndEveryVariableMeansSomething() {
        assertThat(built).hasSizeGreaterThan(50).allSatisfy(document -> assertThat(Manifests.faults(document))
                .as("%s", document)
                .isEmpty());
        assertThat(Kustomize.services(built)).allSatisfy(deployment -> assertThat(ServiceEnvironment.unknown(
                        Manifests.name(deployment),
                        ServiceEnvironment.of(
                                deployment.at("/spec/template/spec/containers/0"),
                                name -> Kustomize.one(built, "ConfigMap", name))))
                .isEmpty());
    }

    @Test
    void brokerAsksForCertificatesAndUsersGetThem() {
        assertThat(Kustomize.one(built, "Kafka", Generated.CLUSTER).at("/spec/kafka/listeners"))
                .singleElement()
                .satisfies(listener -> {
                    assertThat(listener.path("tls").asBoolean()).isTrue();
                    assertThat(listener.at("/authentication/type").asText()).isEqualTo("tls");
                });
        assertThat(Kustomize.of(built, "KafkaUser"))
                .hasSizeGreaterThan(Repository.services().size())
                .allSatisfy(
                        user -> assertThat(user.at("/spec/authentication/type").asText())
                                .isEqualTo("tls"));
    }

    @Test
    void everyServiceAndTheRegistryLogInWithTheCertificateOfTheirName() {
        var clients = Stream.concat(
                        Kustomize.services(built).stream(), Stream.of(Kustomize.one(built, "Deployment", "registry")))
                .toList();

        assertThat(clients).hasSize(Repository.services().size() + 1).allSatisfy(deployment -> {
            String prefix = Manifests.name(deployment).equals("registry") ? "APICURIO_KAFKA_COMMON_" : "KAFKA_";
            assertThat(variable(deployment, prefix + "SECURITY_PROTOCOL")
                            .path("value")
                            .asText())
                    .isEqualTo("SSL");
            assertThat(variable(deployment, prefix + "SSL_KEYSTORE_TYPE")
                            .path("value")
                            .asText())
                    .isEqualTo("PEM");
            assertThat(secretOf(deployment, prefix + "SSL_KEYSTORE_KEY"))
                    .isEqualTo(Manifests.name(deployment) + " user.key");
            assertThat(secretOf(deployment, prefix + "SSL_KEYSTORE_CERTIFICATE_CHAIN"))
                    .isEqualTo(Manifests.name(deployment) + " user.crt");
        });
    }

    @Test
    void lagIsCountedWithACertificateToo() {
        var references = Kustomize.one(built, "TriggerAuthentication", "kafka").at("/spec/secretTargetRef");

        assertThat(references)
                .extracting(reference -> reference.path("parameter").asText() + " "
                        + reference.path("name").asText() + " "
                        + reference.path("key").asText())
                .containsExactlyInAnyOrder("ca seal-cluster-ca-cert ca.crt", "cert keda user.crt", "key keda user.key");
        assertThat(Kustomize.data(built, "keda-kafka")).containsOnlyKeys("tls");
    }

    @Test
    void nothingOfPasswordsIsLeft() {
        var words = Set.of("SASL", "sasl", "scram", "SCRAM");

        assertThat(built.stream()
                        .filter(document -> words.stream().anyMatch(document.toString()::contains))
                        .map(document -> Manifests.kind(document) + " " + Manifests.name(document))
                        .collect(Collectors.toSet()))
                .isEmpty();
    }

    private static String secretOf(JsonNode deployment, String variable) {
        var reference = variable(deployment, variable).at("/valueFrom/secretKeyRef");
        return reference.path("name").asText() + " " + reference.path("key").asText();
    }

    private static JsonNode variable(JsonNode deployment, String name) {
        for (var variable : deployment.at("/spec/template/spec/containers/0/env")) {
            if (variable.path("name").asText().equals(name)) {
                return variable;
            }
        }
        throw new AssertionError(Manifests.name(deployment) + " has no " + name);
    }
}
