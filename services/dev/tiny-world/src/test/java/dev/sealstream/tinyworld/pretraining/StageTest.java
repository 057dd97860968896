package dev.sealstream.tinyworld.pretraining;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class StageTest {
    private final Stage growth = new Stage(Stage.Kind.GROWTH, 1000, .15);
    private final Stage consolidation = new Stage(Stage.Kind.CONSOLIDATION, 100, .03);

    @Test
    void rateWarmsUpStaysAndDecays() {
        assertThat(growth.rateScale(0)).isCloseTo(.05, within(1e-9));
        assertThat(growth.rateScale(19)).isEqualTo(1);
        assertThat(growth.rateScale(500)).isEqualTo(1);
        assertThat(growth.rateScale(750)).isCloseTo(.5, within(1e-9));
        assertThat(growth.rateScale(999)).isEqualTo(.03);
    }

    @Test
    void consolidationStartsAtHalfTheRateAndMeetsPeopleInProportion() {
        assertThat(consolidation.rateScale(20)).isCloseTo(.4, within(1e-9));
        assertThat(consolidation.rotation(20)).isCloseTo(.2, within(1e-9));
        assertThat(growth.rotation(999)).isEqualTo(.5);
    }

    @Test
    void passagesGrowAndThenStylesAreImitated() {
        assertThat(growth.phase(0).factsMax()).isEqualTo(3);
        assertThat(growth.phase(500).factsMin()).isEqualTo(5);
        assertThat(growth.phase(649).mixture()).isEmpty();
        assertThat(growth.phase(650).mixture()).isPresent();
        assertThat(growth.readsPlainPassages(648)).isFalse();
        assertThat(growth.readsPlainPassages(652)).isTrue();
        assertThat(growth.readsPlainPassages(653)).isFalse();
    }
}
