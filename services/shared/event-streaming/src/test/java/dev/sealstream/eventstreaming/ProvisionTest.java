package dev.sealstream.eventstreaming;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ProvisionTest {
    @Test
    void unknownArgumentsAreRefusedBeforeAnythingIsDone() {
        assertThatThrownBy(() -> Provision.run(List.of("topics", "users"), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("users")
                .hasMessageContaining("allowed: topics, schemas, or both");
    }

    @Test
    void noArgumentIsRefused() {
        assertThatThrownBy(() -> Provision.run(List.of(), Map.of())).hasMessageContaining("arguments are []");
    }

    @Test
    void missingVariableIsNamed() {
        assertThatThrownBy(() -> Provision.run(List.of("schemas"), Map.of()))
                .hasMessage("SEAL_REGISTRY_URL is missing; set it as for the services");
    }

    @Test
    void copiesMustBeANumber() {
        // Given
        var environment = Map.of(Provision.BOOTSTRAP_SERVERS, "localhost:1", Provision.REPLICATION, "three");

        // When
        assertThatThrownBy(() -> Provision.run(List.of("topics"), environment))
                // Then
                .hasMessageContaining("SEAL_TOPICS_REPLICATION is 'three'");
    }
}
