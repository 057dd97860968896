package dev.sealstream.eventstreaming;

import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RetryBackoffTest {
    @Test
    void waitsDoubleUpToTheLongest() {
        var backoff = new RetryBackoff(100, Duration.ofMillis(500), Duration.ofSeconds(3));

        assertThat(backoff.waitAfter(1)).isEqualTo(Duration.ofMillis(500));
        assertThat(backoff.waitAfter(2)).isEqualTo(Duration.ofSeconds(1));
        assertThat(backoff.waitAfter(4)).isEqualTo(Duration.ofSeconds(3));
        assertThat(backoff.waitAfter(99)).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void noAttemptAtAllIsRefused() {
        assertThatThrownBy(() -> new RetryBackoff(0, Duration.ZERO, Duration.ZERO))
                .hasMessageContaining("attemptsMax is 0; allowed: 1 or more");
    }
}
