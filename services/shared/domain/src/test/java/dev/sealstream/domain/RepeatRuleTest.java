package dev.sealstream.domain;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RepeatRuleTest {
    private static final RepeatRule RULE = new RepeatRule(6, 2, 0.1);
    private static final int QUESTIONS = 10;

    @Test
    void editsThatMayBeBestAreMeasuredAgainWithTheLeaderAndOthersNot() {
        var scores = scores(Map.of(
                0, accuracies(0.7, 0.6),
                1, accuracies(0.1, 0.2),
                2, accuracies(0.6, 0.6)));

        assertThat(RULE.wanted(scores, QUESTIONS)).containsExactly(Map.entry(0, 2), Map.entry(2, 2));
    }

    @Test
    void clearLeadNeedsNoMore() {
        var scores = scores(Map.of(0, accuracies(0.9, 0.9), 1, accuracies(0.1, 0.1)));

        assertThat(RULE.wanted(scores, 100)).isEmpty();
    }

    @Test
    void nobodyIsMeasuredMoreOftenThanAllowed() {
        var scores = scores(Map.of(
                0, accuracies(0.5, 0.4, 0.6, 0.5, 0.4),
                1, accuracies(0.5, 0.6, 0.4, 0.5, 0.5, 0.4)));

        assertThat(RULE.wanted(scores, QUESTIONS)).containsExactly(Map.entry(0, 1));
    }

    @Test
    void agreementOfTwoRepeatsIsNotTakenForCertainty() {
        var scores = scores(Map.of(0, accuracies(0.5, 0.5), 1, accuracies(0.4, 0.4)));

        assertThat(RULE.wanted(scores, QUESTIONS)).containsOnlyKeys(0, 1);
    }

    @Test
    void groupThatKnowsNothingOrEverythingHasNothingToRank() {
        assertThat(RULE.wanted(scores(Map.of(0, accuracies(0, 0), 1, accuracies(0, 0))), QUESTIONS))
                .isEmpty();
        assertThat(RULE.wanted(scores(Map.of(0, accuracies(1, 1), 1, accuracies(1, 1))), QUESTIONS))
                .isEmpty();
        assertThat(RULE.wanted(scores(Map.of(3, accuracies(0.5, 0.1))), QUESTIONS))
                .isEmpty();
    }

    @Test
    void doubtAboveOneHalfIsRefused() {
        assertThatThrownBy(() -> new RepeatRule(6, 2, 0.6)).hasMessageContaining("at most 0.5");
    }

    private static TreeMap<Integer, List<BigDecimal>> scores(Map<Integer, List<BigDecimal>> scores) {
        return new TreeMap<>(scores);
    }

    private static List<BigDecimal> accuracies(double... values) {
        return Arrays.stream(values).mapToObj(BigDecimal::valueOf).toList();
    }
}
