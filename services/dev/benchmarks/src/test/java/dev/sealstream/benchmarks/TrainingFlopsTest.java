package dev.sealstream.benchmarks;

import dev.sealstream.benchmarks.checkpoint.CheckpointShape;
import dev.sealstream.benchmarks.checkpoint.Family;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class TrainingFlopsTest {
    private static final int LENGTH = 10;
    private static final int PAIRS = 55;
    private static final CheckpointShape SHAPE = new CheckpointShape(Family.LLAMA, 100, 16, 48, 3, 4, 2, 8, 64, true);

    private final TrainingFlops flops = new TrainingFlops(SHAPE);

    @Test
    void fullStepCountsEveryMatrixThreeTimes() {
        // Given
        long matrices = SHAPE.shapes().entrySet().stream()
                .filter(tensor -> tensor.getKey().endsWith("_proj.weight"))
                .mapToLong(tensor -> tensor.getValue()[0] * tensor.getValue()[1])
                .sum();

        // When
        double counted = flops.fullStep(List.of(LENGTH));

        // Then
        double attention = 3.0 * (2 * 2 * 4 * 8) * 3 * PAIRS;
        assertThat(counted).isEqualTo(6.0 * matrices * LENGTH + 6.0 * 16 * 100 * (LENGTH - 1) + attention);
    }

    @Test
    void frozenStepSavesTheGradientsOfWeightsAndTheFirstLayersInput() {
        // Given
        double full = flops.fullStep(List.of(LENGTH));

        // When
        double frozen = flops.loraStep(List.of(LENGTH), 0);

        // Then
        long matrices = 3 * (2 * 16 * 32 + 2 * 16 * 16 + 3 * 16 * 48);
        double saved = 2.0 * matrices * LENGTH + 2.0 * 16 * 100 * (LENGTH - 1) + 2.0 * 16 * (32 + 16 + 16) * LENGTH;
        assertThat(full - frozen).isEqualTo(saved);
    }

    @Test
    void rankCountsForForwardAndBothGradients() {
        // When
        double more = flops.loraStep(List.of(LENGTH), 2) - flops.loraStep(List.of(LENGTH), 1);

        // Then
        double sizes = 3 * (2 * (16 + 32) + 2 * (16 + 16) + 3 * (16 + 48));
        assertThat(more).isEqualTo((6 * sizes - 2 * 3 * 16) * LENGTH);
    }

    @Test
    void sequencesAddUp() {
        // When
        double together = flops.loraStep(List.of(3, 7), 4);

        // Then
        assertThat(together).isEqualTo(flops.loraStep(List.of(3), 4) + flops.loraStep(List.of(7), 4));
    }
}
