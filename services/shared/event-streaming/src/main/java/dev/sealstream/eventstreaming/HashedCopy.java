package dev.sealstream.eventstreaming;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a copy of a stream turned out to be; the bytes pass through a small buffer.
 *
 * @param bytes copied
 * @param sha256 of them, lower-case hexadecimal
 */
public record HashedCopy(long bytes, String sha256) {

    /** Reads a stream to its end and closes it. */
    public static HashedCopy of(InputStream from, OutputStream to) throws IOException {
        var digest = newDigest();
        try (var in = new DigestInputStream(from, digest)) {
            long bytes = in.transferTo(to);
            return new HashedCopy(bytes, HexFormat.of().formatHex(digest.digest()));
        }
    }

    /** Reads a file without copying it. */
    public static HashedCopy of(Path file) throws IOException {
        return of(Files.newInputStream(file), OutputStream.nullOutputStream());
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
