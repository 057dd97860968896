package dev.sealstream.experiments.cli;

import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class PaceTest {
    private long nanos;
    private final Pace pace = new Pace(() -> nanos);

    @Test
    void timeLeftFollowsThePaceOfTheLastMinutes() {
        // Given: 5 a second for a minute, then 10 a second for three
        for (int second = 0; second <= 240; second++) {
            nanos = Duration.ofSeconds(second).toNanos();
            pace.note(second <= 60 ? 5 * second : 300 + 10 * (second - 60));
        }

        // When, then
        assertThat(pace.secondsFor(100)).hasValue(10.0);
    }

    @Test
    void fewSecondsAreNoPace() {
        // Given
        pace.note(0);
        nanos = Duration.ofSeconds(5).toNanos();
        pace.note(10);

        // When, then
        assertThat(pace.secondsFor(100)).isEmpty();
    }

    @Test
    void silenceCountsDownInsteadOfSlowingThePace() {
        // Given
        pace.note(0);
        nanos = Duration.ofSeconds(20).toNanos();
        pace.note(100);

        // When
        nanos = Duration.ofSeconds(25).toNanos();
        pace.note(100);

        // Then
        assertThat(pace.secondsFor(50)).hasValue(5.0);
        assertThat(Clock.text(65.2)).isEqualTo("1:05");
    }
}
