package dev.sealstream.domain;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class EstimateTest {
    @Test
    void standardErrorIsTheSampleDeviationOverTheRootOfTheCount() {
        var estimate = Estimate.of(1.0, 2.0, 3.0, 4.0);

        assertThat(estimate.mean()).isEqualTo(2.5);
        assertThat(estimate.standardError()).isCloseTo(Math.sqrt(5.0 / 3.0 / 4.0), within(1e-12));
        assertThat(estimate.count()).isEqualTo(4);
    }

    @Test
    void oneValueProvesNothing() {
        var single = Estimate.of(1.0);

        assertThat(single.standardError()).isInfinite();
        assertThat(single.exceeds(0.0, 0.1)).isFalse();
    }

    @Test
    void exceedsAsksForMoreThanTheGivenNumberOfStandardErrors() {
        var estimate = new Estimate(0.3, 0.1, 9);

        assertThat(estimate.exceeds(0.0, 2.9)).isTrue();
        assertThat(estimate.exceeds(0.0, 3.1)).isFalse();
        assertThat(estimate.exceeds(0.25, 1.0)).isFalse();
        assertThat(new Estimate(0.0, 0.0, 9).exceeds(0.0, 0.0)).isFalse();
    }

    @Test
    void meanOfNothingIsRefused() {
        assertThatThrownBy(() -> Estimate.of()).hasMessageContaining("give at least one");
    }
}
