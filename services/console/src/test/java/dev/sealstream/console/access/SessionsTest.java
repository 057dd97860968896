package dev.sealstream.console.access;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SessionsTest {
    private static final String TOKEN = "adas-0123456789abcdef";
    private static final String OTHER = "adas-fedcba9876543210";
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void sessionIsItsOwnersUntilItsEnd() {
        // Given
        String cookie = at(0, "ada:" + TOKEN).begin(TOKEN).orElseThrow();

        // Then
        assertThat(at(0, "ada:" + TOKEN).person(cookie)).contains("ada");
        assertThat(at(3599, "ada:" + TOKEN).person(cookie)).contains("ada");
        assertThat(at(3600, "ada:" + TOKEN).person(cookie)).isEmpty();
    }

    @Test
    void cookieDoesNotHoldTheToken() {
        assertThat(at(0, "ada:" + TOKEN).begin(TOKEN).orElseThrow()).doesNotContain(TOKEN);
    }

    @Test
    void tokenTakenAwayEndsItsSessionsAndNoOthers() {
        // Given
        var both = at(0, "ada:" + TOKEN, "ada:" + OTHER);
        String ended = both.begin(TOKEN).orElseThrow();
        String other = both.begin(OTHER).orElseThrow();

        // When
        var left = at(0, "ada:" + OTHER);

        // Then
        assertThat(left.person(ended)).isEmpty();
        assertThat(left.person(other)).contains("ada");
    }

    @Test
    void sessionCannotBeMadeAnothersOrLonger() {
        // Given
        var sessions = at(0, "ada:" + TOKEN, "bob:bobs-0123456789abcdef");
        String[] parts = sessions.begin(TOKEN).orElseThrow().split("\\.");

        // Then
        assertThat(sessions.person("Ym9i." + parts[1] + "." + parts[2])).isEmpty();
        assertThat(sessions.person(parts[0] + ".99999999." + parts[2])).isEmpty();
    }

    @Test
    void nonsenseIsNoSession() {
        for (String cookie : List.of(
                "", "..", "a.b.c", "YWRh.99999999999999999.x", "YWRh.1", "%.9.%", "YWRh.9223372036854775807.")) {
            assertThat(at(0, "ada:" + TOKEN).person(cookie)).as(cookie).isEmpty();
        }
        assertThat(at(0, "ada:" + TOKEN).begin("wrong")).isEmpty();
    }

    @Test
    void lengthsThatMakeNoSenseAreRefused() {
        var tokens = AccessTokens.of(List.of(), Optional.empty());

        assertThatThrownBy(() -> new Sessions(tokens, Duration.ZERO, Clock.systemUTC()))
                .hasMessageContaining("seal.console.session");
    }

    private static Sessions at(long second, String... pairs) {
        var clock = Clock.fixed(Instant.ofEpochSecond(second), ZoneOffset.UTC);
        return new Sessions(AccessTokens.of(List.of(pairs), Optional.empty()), HOUR, clock);
    }
}
