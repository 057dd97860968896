package dev.sealstream.languagemodel;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class WeightChangeTest {
    private static final LoraSettings HALF = new LoraSettings(2, 1, List.of("q_proj", "v_proj"));

    @Test
    void normsAndSingularValueAreThoseOfTheProduct() {
        // Given BA = [[3, 0, 0], [0, 4, 0]] and [[2, 2, 2], [0, 0, 0]], both times 1/2
        LoraFactors diagonal = new LoraFactors(2, 3, 2, new float[] {1, 0, 0, 0, 2, 0}, new float[] {3, 0, 0, 2});
        LoraFactors row = new LoraFactors(2, 3, 2, new float[] {1, 1, 1, 1, 1, 1}, new float[] {1, 1, 0, 0});

        // When
        WeightChange change = new LoraAdapter(HALF, Map.of("x.q_proj", diagonal, "x.v_proj", row)).weightChange();

        // Then
        assertThat(change.normPerModule().get("x.q_proj")).isCloseTo(2.5, within(1e-9));
        assertThat(change.normPerModule().get("x.v_proj")).isCloseTo(Math.sqrt(3), within(1e-9));
        assertThat(change.frobeniusNorm()).isCloseTo(Math.sqrt(6.25 + 3), within(1e-9));
        assertThat(change.largestSingularValue()).isCloseTo(2, within(1e-6));
    }

    @Test
    void everyModuleCountsWithItsOwnScale() {
        // Given BA = [[3, 0], [0, 4]] of rank 2 at alpha 1, and [[5, 0], [0, 0]] of rank 1 at alpha 4
        LoraFactors two = new LoraFactors(2, 2, 2, new float[] {1, 0, 0, 2}, new float[] {3, 0, 0, 2});
        LoraFactors one = new LoraFactors(1, 2, 2, new float[] {1, 0}, new float[] {5, 0});
        LoraSettings settings = HALF.withPatterns(Map.of("v_proj", 1), Map.of("v_proj", 4.0));

        // When
        WeightChange change = new LoraAdapter(settings, Map.of("x.q_proj", two, "x.v_proj", one)).weightChange();

        // Then
        assertThat(change.normPerModule().get("x.q_proj")).isCloseTo(2.5, within(1e-9));
        assertThat(change.normPerModule().get("x.v_proj")).isCloseTo(20, within(1e-9));
        assertThat(change.largestSingularValue()).isCloseTo(20, within(1e-6));
    }

    @Test
    void freshAdapterHasNoChange() {
        AdapterShape shape = new AdapterShape(TinyModels.llama(), TinyModels.LORA);

        WeightChange change = shape.adapter(shape.fresh(1)).weightChange();

        assertThat(change.frobeniusNorm()).isZero();
        assertThat(change.largestSingularValue()).isZero();
        assertThat(change.normPerModule()).hasSize(14);
    }
}
