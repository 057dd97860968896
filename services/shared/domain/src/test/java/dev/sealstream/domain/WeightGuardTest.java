package dev.sealstream.domain;

import org.junit.jupiter.api.Test;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WeightGuardTest {
    private static final WeightGuard GUARD = new WeightGuard(100, 6, 4, 2);
    private static final List<Evidence> HISTORY = Stream.of(1.0, 1.1, 0.9, 1.2, 0.8)
            .map(norm -> Examples.evidence(norm, List.of()))
            .toList();

    @Test
    void changeLikeThoseBeforeGivesNoAlarm() {
        assertThat(GUARD.alarms(Examples.evidence(1.5, List.of()), HISTORY)).isEmpty();
    }

    @Test
    void changeOutOfAllProportionAlarmsWithoutHistory() {
        assertThat(GUARD.alarms(Examples.evidence(101, List.of()), List.of()))
                .containsExactly(
                        new Alarm(Alarm.Guard.WEIGHT_ANOMALY, "weight change has norm 101, allowed: at most 100"));
        assertThat(GUARD.alarms(Examples.evidence(Double.NaN, List.of()), List.of()))
                .hasSize(1);
    }

    @Test
    void changeScaledByFiftyAlarmsAgainstHistory() {
        assertThat(GUARD.alarms(Examples.evidence(50, List.of()), HISTORY))
                .singleElement()
                .satisfies(alarm -> assertThat(alarm.finding())
                        .contains("standard deviations above 5 earlier releases, allowed: at most 6.0"));
        assertThat(GUARD.alarms(Examples.evidence(50, List.of()), HISTORY.subList(0, 3)))
                .isEmpty();
    }

    @Test
    void oneModuleThatStandsOutIsNamed() {
        var usual = Examples.evidence(1.0, List.of());
        var size = new DeltaSize(1.0, 0.1, Map.of("q_proj", 0.5, "v_proj", 9.0));
        var odd = new Evidence(usual.gain(), usual.gain(), usual.gain(), List.of(), size, 0.01);

        assertThat(GUARD.alarms(odd, HISTORY)).singleElement().satisfies(alarm -> assertThat(alarm.finding())
                .startsWith("norm of v_proj lies"));
    }

    @Test
    void equalHistoryDoesNotMakeTheFirstDifferenceAnAlarm() {
        var equal = Collections.nCopies(5, Examples.evidence(1.0, List.of()));

        assertThat(GUARD.alarms(Examples.evidence(1.3, List.of()), equal)).isEmpty();
        assertThat(GUARD.alarms(Examples.evidence(2.0, List.of()), equal)).hasSize(1);
    }

    @Test
    void modelThatSaysOtherThingsAlarms() {
        var usual = Examples.evidence(1.0, List.of());
        var diverged = new Evidence(usual.gain(), usual.gain(), usual.gain(), List.of(), usual.size(), 2.5);
        var notANumber = new Evidence(usual.gain(), usual.gain(), usual.gain(), List.of(), usual.size(), Double.NaN);

        assertThat(GUARD.alarms(diverged, HISTORY)).extracting(Alarm::guard).containsExactly(Alarm.Guard.DIVERGENCE);
        assertThat(GUARD.alarms(notANumber, HISTORY)).hasSize(1);
    }

    @Test
    void limitsOutsideTheirRangeAreRefused() {
        assertThatThrownBy(() -> new WeightGuard(0, 6, 4, 2)).hasMessageContaining("frobeniusNormMax is 0");
        assertThatThrownBy(() -> new WeightGuard(1, 6, 1, 2)).hasMessageContaining("historyMin is 1");
    }
}
