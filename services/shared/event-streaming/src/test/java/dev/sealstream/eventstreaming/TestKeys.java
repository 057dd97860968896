package dev.sealstream.eventstreaming;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;

/** A pair of Ed25519 keys as files. */
record TestKeys(Path privateKey, Path publicKey) {
    static TestKeys in(Path directory, String name) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return new TestKeys(
                    write(
                            directory.resolve(name + ".key"),
                            "PRIVATE KEY",
                            pair.getPrivate().getEncoded()),
                    write(
                            directory.resolve(name + ".pub"),
                            "PUBLIC KEY",
                            pair.getPublic().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path write(Path file, String label, byte[] key) {
        try {
            return Files.writeString(
                    file,
                    "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(key) + "\n-----END "
                            + label + "-----\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
