package dev.sealstream.domain;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class ReliabilityTest {
    /** Shrout and Fleiss 1979, table 2: six targets, four judges; they report ICC(1,1) = .17 and ICC(1,4) = .44. */
    @Test
    void oneGroupGivesTheFiguresOfShroutAndFleiss() {
        // Given
        var group = List.of(
                new double[] {9, 2, 5, 8},
                new double[] {6, 1, 3, 2},
                new double[] {8, 4, 6, 8},
                new double[] {7, 1, 2, 6},
                new double[] {10, 5, 6, 9},
                new double[] {6, 2, 4, 7});

        // When
        var reliability = Reliability.of(List.of(group));

        // Then
        assertThat(reliability.ofMeanOver(1)).isCloseTo(0.17, within(0.005));
        assertThat(reliability.ofMeanOver(4)).isCloseTo(0.44, within(0.005));
        assertThat(reliability.ofRewards()).isEqualTo(reliability.ofMeanOver(4));
    }

    @Test
    void knownVariancesAreFoundAgainThoughRepeatsAreUnequalAndDocumentsDiffer() {
        // Given
        var random = new Random(4);
        var groups = new ArrayList<List<double[]>>();
        for (int g = 0; g < 4_000; g++) {
            double document = 10 * random.nextGaussian();
            var group = new ArrayList<double[]>();
            for (int edit = 0; edit < 5; edit++) {
                double truth = document + 0.5 * random.nextGaussian();
                group.add(random.doubles(2 + random.nextInt(4))
                        .map(x -> truth + random.nextGaussian())
                        .toArray());
            }
            groups.add(group);
        }

        // When
        var reliability = Reliability.of(groups);

        // Then
        assertThat(reliability.betweenVariance()).isCloseTo(0.25, within(0.03));
        assertThat(reliability.withinVariance()).isCloseTo(1.0, within(0.03));
        assertThat(reliability.ofMeanOver(3)).isCloseTo(0.25 / (0.25 + 1.0 / 3), within(0.02));
        double meanInverse = (1.0 / 2 + 1.0 / 3 + 1.0 / 4 + 1.0 / 5) / 4;
        assertThat(reliability.ofRewards()).isCloseTo(0.25 / (0.25 + meanInverse), within(0.02));
    }

    @Test
    void rewardsThatDifferByLuckAloneAreNotReliable() {
        var alike = List.of(new double[] {0, 1}, new double[] {1, 0});

        var reliability = Reliability.of(List.of(alike));

        assertThat(reliability.betweenVariance()).isNegative();
        assertThat(reliability.ofMeanOver(1_000)).isZero();
    }

    @Test
    void withoutTwoEditsOrTwoRepeatsThereIsNothingToCompare() {
        assertThatThrownBy(() -> Reliability.of(List.of(List.of(new double[] {1, 0}))))
                .hasMessageContaining("0 comparisons of self-edits");
        assertThatThrownBy(() -> Reliability.of(List.of(List.of(new double[] {1}, new double[] {0}))))
                .hasMessageContaining("0 of repeats");
    }
}
