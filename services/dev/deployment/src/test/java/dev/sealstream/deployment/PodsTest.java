package dev.sealstream.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealstream.workerruntime.WorkConfig;
import io.smallrye.config.WithDefault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What runs in the base: every service, unprivileged, probed, with settings it knows and time to stop. */
class PodsTest {
    @Test
    void everyServiceHasADeploymentAndNothingElseIsCalledOne() {
        assertThat(Base.services()).extracting(Manifests::name).hasSameElementsAs(Repository.services());
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
        assertThat(Compose.texts(container.at("/securityContext/capabilities/drop")))
                .containsExactly("ALL");
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
        assertThat(ServiceEnvironment.unknown(Manifests.name(deployment), Base.environment(deployment)))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("services")
    void selectorsMatchThePodsAndPortsHaveNames(JsonNode deployment) {
        // Given
        String name = Manifests.name(deployment);
        var labels = deployment.at("/spec/template/metadata/labels");

        // Then
        Base.assertContains(labels, deployment.at("/spec/selector/matchLabels"));
        Base.assertContains(labels, Base.one("Service", name).at("/spec/selector"));
        Base.assertContains(labels, Base.one("PodDisruptionBudget", name).at("/spec/selector/matchLabels"));
        Base.assertContains(
                labels, deployment.at("/spec/template/spec/topologySpreadConstraints/0/labelSelector/matchLabels"));
        assertThat(Base.one("Service", name).at("/spec/ports/0/targetPort").asText())
                .isEqualTo(deployment
                        .at("/spec/template/spec/containers/0/ports/0/name")
                        .asText());
        assertThat(Base.environment(deployment).get("QUARKUS_HTTP_PORT"))
                .isEqualTo(deployment
                        .at("/spec/template/spec/containers/0/ports/0/containerPort")
                        .asText());
    }

    static List<JsonNode> services() {
        return Base.services();
    }
}
