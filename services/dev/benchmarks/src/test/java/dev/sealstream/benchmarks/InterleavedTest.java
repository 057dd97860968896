package dev.sealstream.benchmarks;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class InterleavedTest {

    @Test
    void armsAlternateAfterOneUnmeasuredRun() throws Exception {
        // Given
        List<String> order = new ArrayList<>();
        Interleaved arms = new Interleaved().seconds("a", () -> order.add("a")).seconds("b", () -> order.add("b"));

        // When
        arms.medians(2, what -> {});

        // Then
        assertThat(order).containsExactly("a", "b", "a", "b", "a", "b");
    }

    @Test
    void medianLeavesOutTheWarmUp() throws Exception {
        // Given
        Iterator<Double> values = List.of(100.0, 1.0, 9.0, 2.0).iterator();
        Interleaved arms = new Interleaved().measured("a", values::next);

        // When
        Map<String, Double> medians = arms.medians(3, what -> {});

        // Then
        assertThat(medians).containsExactly(Map.entry("a", 2.0));
    }

    @Test
    void medianOfAnEvenNumberIsTheMiddleOfTwo() {
        // When
        double median = Interleaved.median(List.of(4.0, 1.0, 3.0, 2.0));

        // Then
        assertThat(median).isEqualTo(2.5);
    }
}
