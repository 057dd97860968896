package dev.sealstream.eventstreaming;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Optional;

/**
 * An Ed25519 signature (RFC 8032) beside an event, and that of the event before it in its chain: the record headers {@value #HEADER}
 * and {@value #PREVIOUS}. What is signed is the topic's name, a zero byte, the length of the previous signature in a byte, that
 * signature, and the record's value without the five bytes of its schema id, which a registry may number anew when a topic is copied.
 */
public final class EventSignature {
    static final String HEADER = "signature";
    static final String PREVIOUS = "signature-previous";
    static final String ALGORITHM = "Ed25519";

    /** Stands for the previous signature of the first event of a chain. */
    static final byte[] NONE = {};

    private static final int SCHEMA_ID_BYTES = 5;

    private final byte[] bytes;
    private final byte[] previous;

    private EventSignature(byte[] bytes, byte[] previous) {
        this.bytes = bytes;
        this.previous = previous;
    }

    static EventSignature sign(PrivateKey key, String topic, byte[] value, byte[] previous) {
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            update(signature, topic, value, previous);
            return new EventSignature(signature.sign(), previous.clone());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign an event of topic " + topic + ": " + e.getMessage(), e);
        }
    }

    /** Of a record; empty when it is not signed. Whether it is anybody's signature {@link #isOf} says. */
    static Optional<EventSignature> of(Headers headers) {
        return value(headers.lastHeader(HEADER)).flatMap(bytes -> value(headers.lastHeader(PREVIOUS))
                .map(previous -> new EventSignature(bytes, previous)));
    }

    private static Optional<byte[]> value(Header header) {
        return Optional.ofNullable(header).map(Header::value);
    }

    public void addTo(Headers headers) {
        headers.add(HEADER, bytes).add(PREVIOUS, previous);
    }

    /** What the next event's signature covers. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Whether the event before has that signature. */
    boolean follows(byte[] signature) {
        return Arrays.equals(previous, signature);
    }

    /** Whether it is that key's signature of the value; false for anything malformed. */
    boolean isOf(PublicKey key, String topic, byte[] value) {
        if (value == null || value.length < SCHEMA_ID_BYTES || previous.length > Byte.MAX_VALUE) {
            return false;
        }
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            update(signature, topic, value, previous);
            return signature.verify(bytes);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    private static void update(Signature signature, String topic, byte[] value, byte[] previous)
            throws GeneralSecurityException {
        signature.update(topic.getBytes(StandardCharsets.UTF_8));
        signature.update((byte) 0);
        // With its length, or a signature might be taken for the beginning of a value.
        signature.update((byte) previous.length);
        signature.update(previous);
        signature.update(ByteBuffer.wrap(value, SCHEMA_ID_BYTES, value.length - SCHEMA_ID_BYTES));
    }
}
