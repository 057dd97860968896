package dev.sealstream.domain;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AccuracyTest {
    @Test
    void shareOfRightAnswersHasFourDecimals() {
        assertThat(Accuracy.of(Examples.answers(true, false, false))).isEqualTo(new BigDecimal("0.3333"));
        assertThat(Accuracy.of(Examples.answers(true, true, false))).isEqualTo(new BigDecimal("0.6667"));
        assertThat(Accuracy.of(Examples.answers(false, false))).isEqualByComparingTo("0");
        assertThat(Accuracy.of(Examples.answers(true))).isEqualByComparingTo("1");
    }

    @Test
    void gradesBetweenRightAndWrongCountWithTheirScore() {
        var half = new GradedAnswer("q", "a", "b", true, 0.5, null);
        var quarter = new GradedAnswer("q", "a", "b", false, 0.25, null);

        assertThat(Accuracy.of(List.of(half, quarter))).isEqualTo(new BigDecimal("0.3750"));
    }

    @Test
    void roundingBreaksTheTieThatExactFractionsWouldHave() {
        double twiceOneThird = Accuracy.mean(List.of(third(), third()));
        double onceTwoThirds = Accuracy.mean(List.of(Accuracy.of(Examples.answers(true, true, false)), zero()));

        assertThat(onceTwoThirds).isGreaterThan(twiceOneThird);
    }

    @Test
    void meanDoesNotDependOnTheOrder() {
        var values = new ArrayList<>(List.of(third(), zero(), new BigDecimal("0.6667"), BigDecimal.ONE));
        double forward = Accuracy.mean(values);
        Collections.reverse(values);

        assertThat(Accuracy.mean(values)).isEqualTo(forward).isEqualTo(0.5);
    }

    @Test
    void accuracyOfNoAnswersIsRefused() {
        assertThatThrownBy(() -> Accuracy.of(List.of())).hasMessageContaining("ask at least one question");
    }

    private static BigDecimal third() {
        return Accuracy.of(Examples.answers(true, false, false));
    }

    private static BigDecimal zero() {
        return Accuracy.of(Examples.answers(false));
    }
}
