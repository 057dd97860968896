package dev.sealstream.experiments.statistics;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ScoresTest {
    @Test
    void differencesPairTheDocumentsThatBothHave() {
        // Given
        var one = new Scores(Map.of("a", 0.9, "b", 0.5, "only here", 1.0));
        var other = new Scores(Map.of("a", 0.4, "b", 0.2, "only there", 0.0));

        // When
        var difference = one.minus(other);

        // Then
        assertThat(difference.byDocument()).containsOnlyKeys("a", "b");
        assertThat(difference.summary().mean()).isCloseTo(0.4, within(1e-12));
        assertThat(difference.summary().n()).isEqualTo(2);
    }

    @Test
    void intervalIsTheMeanAndTheStandardErrorTimesStudentsT() {
        // Given: mean 3, sample variance 2.5, standard error sqrt(0.5)
        var summary = Summary.of(List.of(1.0, 2.0, 3.0, 4.0, 5.0));

        // When, then
        assertThat(summary.standardError()).isCloseTo(0.70711, within(1e-5));
        assertThat(summary.low()).isCloseTo(3 - 2.7764 * 0.70711, within(2e-3));
        assertThat(summary.high()).isCloseTo(3 + 2.7764 * 0.70711, within(2e-3));
    }

    @Test
    void singleValueHasNoInterval() {
        assertThat(Summary.of(List.of(0.5))).isEqualTo(new Summary(0.5, null, null, null, 1));
    }

    @Test
    void documentsAreRankedByScoreThenById() {
        assertThat(new Scores(Map.of("c", 0.1, "b", 0.5, "a", 0.5)).ascending()).containsExactly("c", "a", "b");
    }
}
