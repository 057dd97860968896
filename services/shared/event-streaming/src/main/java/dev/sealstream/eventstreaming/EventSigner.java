package dev.sealstream.eventstreaming;

import org.apache.kafka.common.header.Header;

import java.nio.file.Path;
import java.security.PrivateKey;

/** Signs events, so that a reader can tell who wrote them. Safe for use by several threads. */
public final class EventSigner {
    private final PrivateKey key;

    private EventSigner(PrivateKey key) {
        this.key = key;
    }

    /**
     * @param pem file with a PKCS #8 Ed25519 key, as {@code openssl genpkey -algorithm ed25519} writes it
     * @throws IllegalArgumentException if it cannot be read, or holds something else; what it holds is never shown
     */
    public static EventSigner of(Path pem) {
        return new EventSigner(PemKeys.privateKey(pem));
    }

    /** The header to send with the event. */
    public Header sign(Topic<?> topic, byte[] value) {
        return EventSignature.sign(key, topic.name(), value);
    }
}
