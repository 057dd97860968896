package dev.sealstream.experiments.statistics;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class BestOfTest {
    @Test
    void whatIsChosenByOneRepeatIsScoredByTheOther() {
        // Given: repeat 0 prefers the second edit, repeat 1 the first
        var scores = List.of(List.of(0.2, 0.8), List.of(0.6, 0.4));

        // When, then: the second edit's repeat 1, and the first edit's repeat 0
        assertThat(BestOf.crossFitted(scores)).isCloseTo((0.4 + 0.2) / 2, within(1e-12));
        assertThat(BestOf.naive(scores)).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void firstOfEqualsIsChosen() {
        assertThat(BestOf.crossFitted(List.of(List.of(0.5, 0.5, 0.1), List.of(0.5, 0.5, 0.9))))
                .isCloseTo((0.5 + 0.5 + 0.1) / 3, within(1e-12));
        assertThat(BestOf.naive(List.of(List.of(0.5, 0.5), List.of(0.4, 0.6)))).isEqualTo(0.5);
    }

    @Test
    void luckAloneIsWorthNothingWhenCrossFittedAndSomethingWhenNot() {
        // Given: five edits that are all worth 0.5, measured twice with noise
        var random = new Random(7);
        double crossFitted = 0;
        double naive = 0;
        int documents = 20_000;

        // When
        for (int document = 0; document < documents; document++) {
            var scores = new ArrayList<List<Double>>();
            for (int edit = 0; edit < 5; edit++) {
                scores.add(List.of(0.5 + 0.1 * random.nextGaussian(), 0.5 + 0.1 * random.nextGaussian()));
            }
            crossFitted += BestOf.crossFitted(scores) / documents;
            naive += BestOf.naive(scores) / documents;
        }

        // Then: the largest of five standard normal values is 1.163 on average, here with deviation 0.1 / sqrt(2)
        assertThat(crossFitted).isCloseTo(0.5, within(0.002));
        assertThat(naive).isCloseTo(0.5 + 1.163 * 0.1 / Math.sqrt(2), within(0.002));
    }

    @Test
    void singleRepeatCannotBeCrossFitted() {
        assertThatThrownBy(() -> BestOf.crossFitted(List.of(List.of(0.5), List.of(0.6))))
                .hasMessageContaining("[1, 1] repeats")
                .hasMessageContaining("at least 2");
    }
}
