package dev.sealstream.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

import static org.assertj.core.api.Assertions.assertThat;

/** Workers are scaled by the lag of the groups that their code reads with. */
class ScalingTest {
    private static final Set<String> SCALED = Set.of("self-edit-proposer", "update-worker", "evaluator");

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
        assertThat(Base.one("Deployment", service).path("spec").has("replicas"))
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
        assertThat(Base.scaledObjects()).extracting(Manifests::name).hasSameElementsAs(SCALED);
    }

    static List<JsonNode> scaledObjects() {
        return Base.scaledObjects();
    }
}
