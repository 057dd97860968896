package dev.sealstream.evaluator;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class BoundedMemoryTest {
    private final BoundedMemory<String, Integer> memory = new BoundedMemory<>(3);
    private int asked;

    @Test
    void whatIsKnownIsNotLookedForAgain() {
        // When
        var found = List.of(recall("a"), recall("a"), recall("b"));

        // Then
        assertThat(found).containsExactly(1, 1, 2);
    }

    @Test
    void whatWasNotNeededForLongestIsForgottenFirst() {
        // Given
        recall("a");
        recall("b");
        recall("c");
        recall("a");

        // When
        recall("d");

        // Then
        assertThat(recall("a")).isEqualTo(1);
        assertThat(recall("b")).isEqualTo(5);
    }

    @Test
    void whatCannotBeToldIsLookedForAgain() {
        // Given
        memory.recall("a", () -> null);

        // When, then
        assertThat(recall("a")).isEqualTo(1);
    }

    private int recall(String key) {
        return memory.recall(key, () -> ++asked);
    }
}
