package dev.sealstream.console.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * Lets a browser prove who uses it without keeping the token: name, end, and a signature with the token as key. Nothing is stored,
 * so every instance of the console knows the sessions of all, and who takes a token away ends its sessions.
 */
public final class Sessions {
    static final String COOKIE = "seal-session";

    private final AccessTokens tokens;
    private final Duration lasting;
    private final Clock clock;

    /** @param lasting how long a session is good for */
    public Sessions(AccessTokens tokens, Duration lasting, Clock clock) {
        if (lasting.toSeconds() < 1 || lasting.toDays() > 3650) {
            throw new IllegalArgumentException("sessions last " + lasting
                    + "; allowed: a second to ten years; set seal.console.session to a duration such as PT12H");
        }
        this.tokens = tokens;
        this.lasting = lasting;
        this.clock = clock;
    }

    Duration lasting() {
        return lasting;
    }

    /** Value of a new session's cookie; empty if the token is nobody's. */
    Optional<String> begin(String token) {
        return tokens.find(token).map(found -> {
            long end = clock.instant().plus(lasting).getEpochSecond();
            return encode(found.person().getBytes(StandardCharsets.UTF_8)) + "." + end + "."
                    + encode(found.sign(claim(found.person(), end)));
        });
    }

    /** Whose session it is; empty if it is over, or was not made here with a token that is still good. */
    Optional<String> person(String cookie) {
        String[] parts = cookie.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            String person = new String(decode(parts[0]), StandardCharsets.UTF_8);
            long end = Long.parseLong(parts[1]);
            byte[] signature = decode(parts[2]);
            boolean good = clock.instant().isBefore(Instant.ofEpochSecond(end))
                    && tokens.of(person).stream()
                            .anyMatch(token -> MessageDigest.isEqual(token.sign(claim(person, end)), signature));
            return good ? Optional.of(person) : Optional.empty();
        } catch (IllegalArgumentException | DateTimeException malformed) {
            return Optional.empty();
        }
    }

    private static String claim(String person, long end) {
        return "console session of " + person + " until " + end;
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] decode(String text) {
        return Base64.getUrlDecoder().decode(text);
    }
}
