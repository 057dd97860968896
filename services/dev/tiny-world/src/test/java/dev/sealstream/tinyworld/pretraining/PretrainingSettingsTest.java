package dev.sealstream.tinyworld.pretraining;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class PretrainingSettingsTest {
    private final PretrainingSettings settings = new PretrainingSettings(1, 1000, .65, .15, 60, false);

    @Test
    void rateWarmsUpStaysAndDecays() {
        assertThat(settings.rateScale(0)).isCloseTo(.05, within(1e-9));
        assertThat(settings.rateScale(19)).isEqualTo(1);
        assertThat(settings.rateScale(500)).isEqualTo(1);
        assertThat(settings.rateScale(750)).isCloseTo(.5, within(1e-9));
        assertThat(settings.rateScale(999)).isEqualTo(.03);
    }

    @Test
    void passagesGrowAndThenStylesAreImitated() {
        assertThat(Phase.at(0, .65).factsMax()).isEqualTo(3);
        assertThat(Phase.at(.5, .65).factsMin()).isEqualTo(5);
        assertThat(Phase.at(.64, .65).mixture()).isEmpty();
        assertThat(Phase.at(.65, .65).mixture()).isPresent();
    }
}
