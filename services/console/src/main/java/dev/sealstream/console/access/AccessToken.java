package dev.sealstream.console.access;

import dev.sealstream.domain.Sha256;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.regex.Pattern;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What a person proves to be themselves with. Nothing of it tells the token: neither its text nor an error. */
final class AccessToken {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._~+/=-]{16,256}");
    private static final String SIGNATURE = "HmacSHA256";

    private final String person;
    private final byte[] secret;

    private AccessToken(String person, byte[] secret) {
        this.person = person;
        this.secret = secret;
    }

    /**
     * @param pair the person's name, a colon, the token
     * @param place where the pair stands, for the error
     * @throws IllegalArgumentException if there is no name, or the token is too short or has other characters than RFC 6750 allows
     */
    static AccessToken parse(String pair, String place) {
        int colon = pair.indexOf(':');
        String person = pair.substring(0, Math.max(0, colon)).strip();
        if (person.isEmpty()) {
            throw new IllegalArgumentException(
                    place + " names nobody; allowed: a name, a colon and a token, for example ada:TOKEN");
        }
        String token = pair.substring(colon + 1).strip();
        if (!ALLOWED.matcher(token).matches()) {
            throw new IllegalArgumentException(
                    place + ", the token of " + person + ", has " + token.length()
                            + " characters; allowed: 16 to 256 of A-Z a-z 0-9 . _ ~ + / = -; openssl rand -hex 32 makes a good one");
        }
        return new AccessToken(person, token.getBytes(StandardCharsets.US_ASCII));
    }

    String person() {
        return person;
    }

    /** Takes the same time whatever differs. */
    boolean is(String offered) {
        return MessageDigest.isEqual(digest(secret), digest(offered.getBytes(StandardCharsets.UTF_8)));
    }

    /** A signature that only who knows the token can make. */
    byte[] sign(String text) {
        try {
            var mac = Mac.getInstance(SIGNATURE);
            mac.init(new SecretKeySpec(secret, SIGNATURE));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks " + SIGNATURE + ", which every Java has to have", e);
        }
    }

    /** Of equal length for tokens of any length. */
    private static byte[] digest(byte[] bytes) {
        return Sha256.hex(bytes).getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return "token of " + person;
    }
}
