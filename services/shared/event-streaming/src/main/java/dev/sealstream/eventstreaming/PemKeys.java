package dev.sealstream.eventstreaming;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** Ed25519 keys as openssl writes them. */
final class PemKeys {
    private PemKeys() {}

    static PrivateKey privateKey(Path file) {
        var blocks = blocks(file, "PRIVATE KEY");
        if (blocks.size() != 1) {
            throw new IllegalArgumentException("signing key " + file + " holds " + blocks.size()
                    + " private keys; allowed: one, as 'openssl genpkey -algorithm ed25519' writes it");
        }
        try {
            return KeyFactory.getInstance(EventSignature.ALGORITHM)
                    .generatePrivate(new PKCS8EncodedKeySpec(blocks.get(0)));
        } catch (GeneralSecurityException e) {
            // Without the cause: its text may tell of the key.
            throw new IllegalArgumentException("signing key " + file + " is not an Ed25519 key in PKCS #8");
        }
    }

    static List<PublicKey> publicKeys(Path file) {
        var keys = new ArrayList<PublicKey>();
        for (byte[] block : blocks(file, "PUBLIC KEY")) {
            try {
                keys.add(
                        KeyFactory.getInstance(EventSignature.ALGORITHM).generatePublic(new X509EncodedKeySpec(block)));
            } catch (GeneralSecurityException e) {
                throw new IllegalArgumentException(
                        "public key " + (keys.size() + 1) + " of " + file + " is not an Ed25519 key", e);
            }
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException(
                    file + " holds no public key; allowed: one or more, as 'openssl pkey -pubout' writes them");
        }
        return List.copyOf(keys);
    }

    private static List<byte[]> blocks(Path file, String label) {
        try {
            var matcher = Pattern.compile(
                            "-----BEGIN " + label + "-----([A-Za-z0-9+/=\\s]+)-----END " + label + "-----")
                    .matcher(Files.readString(file, StandardCharsets.US_ASCII));
            var blocks = new ArrayList<byte[]>();
            while (matcher.find()) {
                blocks.add(Base64.getMimeDecoder().decode(matcher.group(1)));
            }
            return blocks;
        } catch (IOException e) {
            throw new IllegalArgumentException("key file " + file + " cannot be read: " + e, e);
        }
    }
}
