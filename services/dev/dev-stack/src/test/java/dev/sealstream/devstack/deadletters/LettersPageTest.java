package dev.sealstream.devstack.deadletters;

import dev.sealstream.devstack.lineage.Ink;
import dev.sealstream.eventstreaming.DeadLetter;
import dev.sealstream.eventstreaming.KeptDeadLetter;
import dev.sealstream.eventstreaming.Topics;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class LettersPageTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void listNamesEachLetterWithItsReasonInOneLine() {
        // When
        var page = LettersPage.list(
                List.of(
                        letter("too\nodd", Duration.ofSeconds(90), null),
                        letter("x".repeat(500), Duration.ofHours(3), new KeptDeadLetter.Replay(NOW, "Ada"))),
                NOW,
                Ink.NONE);

        // Then
        assertThat(page)
                .containsExactly(
                        "seal.updates 41  90 s old, was seal.updates-2@7, refused by a-stage",
                        "  too odd",
                        "seal.updates 41  3 h old, was seal.updates-2@7, refused by a-stage, replayed 0 s ago by Ada",
                        "  " + "x".repeat(120) + "… (500 characters)");
    }

    @Test
    void showTellsAllOfALetterThatDecodes() {
        // When
        var page = LettersPage.show(letter("odd", Duration.ofDays(3), null), Optional.of("{\"a\": 1}"), NOW, Ink.NONE);

        // Then
        assertThat(page)
                .contains(
                        "since    2025-12-30T03:04:05Z, 3 days ago",
                        "stage    a-stage, attempt 2",
                        "key      group",
                        "header   trace: 0x00ff",
                        "value    3 bytes, {\"a\": 1}",
                        "  at here");
    }

    @Test
    void valueThatDoesNotDecodeIsShownAsBytes() {
        // When
        var page = LettersPage.show(letter("odd", Duration.ofDays(3), null), Optional.empty(), NOW, Ink.NONE);

        // Then
        assertThat(page).contains("value    3 bytes, which no schema of the registry decodes: 0x010203");
    }

    private static KeptDeadLetter letter(String reason, Duration age, KeptDeadLetter.Replay replay) {
        var letter = new DeadLetter(
                "group".getBytes(), new byte[] {1, 2, 3}, "seal.updates-2@7", reason, "a-stage", "Odd\nat here", 2);
        var came = new RecordHeader("trace", new byte[] {0, (byte) 0xff});
        return new KeptDeadLetter(Topics.UPDATES, 41, NOW.minus(age), letter, List.of(came), replay);
    }
}
