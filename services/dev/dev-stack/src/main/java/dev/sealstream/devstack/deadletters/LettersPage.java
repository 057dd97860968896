package dev.sealstream.devstack.deadletters;

import dev.sealstream.devstack.lineage.Ink;
import dev.sealstream.eventstreaming.KeptDeadLetter;
import org.apache.kafka.common.header.Header;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Dead letters in words. */
public final class LettersPage {
    private static final int REASON_CHARACTERS_MAX = 120;

    /** Enough to know a record by; a document has two hundred thousand. */
    private static final int VALUE_CHARACTERS_MAX = 4_000;

    private static final int HEX_BYTES_MAX = 256;

    private LettersPage() {}

    /** Two lines for each letter: which, how old, who refused it; why. */
    public static List<String> list(List<KeptDeadLetter> letters, Instant now, Ink ink) {
        var lines = new ArrayList<String>();
        for (KeptDeadLetter kept : letters) {
            var letter = kept.letter();
            lines.add(String.format(
                    Locale.ROOT,
                    "%s  %s old, was %s, refused by %s%s",
                    ink.bold(kept.topic() + " " + kept.offset()),
                    age(kept.since(), now),
                    orUnknown(letter.origin()),
                    orUnknown(letter.stage()),
                    kept.replay() == null ? "" : ink.green(", " + replayed(kept.replay(), now))));
            lines.add("  " + shortened(oneLine(orUnknown(letter.reason())), REASON_CHARACTERS_MAX));
        }
        return lines;
    }

    /**
     * Everything about one letter.
     *
     * @param decoded its value as JSON; empty if it could not be decoded
     */
    public static List<String> show(KeptDeadLetter kept, Optional<String> decoded, Instant now, Ink ink) {
        var letter = kept.letter();
        var lines = new ArrayList<String>();
        lines.add(ink.bold("dead letter " + kept.offset() + " of " + kept.topic()));
        lines.add("since    " + kept.since() + ", " + age(kept.since(), now) + " ago");
        lines.add("origin   " + orUnknown(letter.origin()));
        lines.add("stage    " + orUnknown(letter.stage()) + ", attempt " + letter.attempt());
        lines.add("reason   " + orUnknown(letter.reason()));
        if (kept.replay() != null) {
            lines.add("replayed " + kept.replay().at() + " by " + kept.replay().by());
        }
        lines.add("key      " + (letter.key() == null ? "none" : text(letter.key())));
        for (Header header : kept.came()) {
            lines.add("header   " + header.key() + ": " + (header.value() == null ? "none" : text(header.value())));
        }
        lines.add("value    " + value(letter.value(), decoded));
        if (!letter.stack().isEmpty()) {
            lines.add("stack");
            letter.stack().lines().forEach(line -> lines.add(ink.dim("  " + line)));
        }
        return lines;
    }

    private static String value(byte[] value, Optional<String> decoded) {
        if (value == null) {
            return "none";
        }
        String size = value.length + " bytes, ";
        return decoded.map(json -> size + shortened(json, VALUE_CHARACTERS_MAX))
                .orElseGet(() -> size + "which no schema of the registry decodes: " + hex(value));
    }

    /** As text where it is text, which keys of ours are. */
    private static String text(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.chars().anyMatch(Character::isISOControl) ? hex(bytes) : shortened(text, VALUE_CHARACTERS_MAX);
        } catch (CharacterCodingException e) {
            return hex(bytes);
        }
    }

    private static String hex(byte[] bytes) {
        int shown = Math.min(bytes.length, HEX_BYTES_MAX);
        return "0x" + HexFormat.of().formatHex(bytes, 0, shown) + (shown < bytes.length ? "…" : "");
    }

    private static String replayed(KeptDeadLetter.Replay replay, Instant now) {
        return "replayed " + age(replay.at(), now) + " ago by " + replay.by();
    }

    private static String age(Instant since, Instant now) {
        long seconds = Math.max(0, Duration.between(since, now).toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 2 * 3600) {
            return seconds / 60 + " min";
        }
        return seconds < 2 * 86_400 ? seconds / 3600 + " h" : seconds / 86_400 + " days";
    }

    private static String orUnknown(String text) {
        return text.isEmpty() ? "unknown" : text;
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }

    private static String shortened(String text, int charactersMax) {
        return text.length() <= charactersMax
                ? text
                : text.substring(0, charactersMax) + "… (" + text.length() + " characters)";
    }
}
