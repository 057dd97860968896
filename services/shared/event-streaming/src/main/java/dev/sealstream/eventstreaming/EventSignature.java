package dev.sealstream.eventstreaming;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/**
 * An Ed25519 signature (RFC 8032) beside an event, in the record header {@value #HEADER}: 64 bytes over the topic's name, a zero
 * byte and the record's value without the five bytes of its schema id, which a registry may number anew when a topic is
 * copied.
 */
final class EventSignature {
    static final String HEADER = "signature";
    static final String ALGORITHM = "Ed25519";
    private static final int SCHEMA_ID_BYTES = 5;

    private EventSignature() {}

    static Header sign(PrivateKey key, String topic, byte[] value) {
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            update(signature, topic, value);
            return new RecordHeader(HEADER, signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign an event of topic " + topic + ": " + e.getMessage(), e);
        }
    }

    /** Whether the header is that key's signature of the value; false for anything malformed. */
    static boolean verify(PublicKey key, String topic, byte[] value, Header header) {
        if (value == null || value.length < SCHEMA_ID_BYTES || header.value() == null) {
            return false;
        }
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            update(signature, topic, value);
            return signature.verify(header.value());
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    private static void update(Signature signature, String topic, byte[] value) throws GeneralSecurityException {
        signature.update(topic.getBytes(StandardCharsets.UTF_8));
        signature.update((byte) 0);
        signature.update(ByteBuffer.wrap(value, SCHEMA_ID_BYTES, value.length - SCHEMA_ID_BYTES));
    }
}
