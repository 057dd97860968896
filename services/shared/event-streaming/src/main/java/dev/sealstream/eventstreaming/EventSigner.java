package dev.sealstream.eventstreaming;

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

    /** Of the first event of a chain. */
    public EventSignature sign(Topic<?> topic, byte[] value) {
        return sign(topic, value, EventSignature.NONE);
    }

    /** @param previous signature of the event before it in the chain */
    public EventSignature sign(Topic<?> topic, byte[] value, byte[] previous) {
        return EventSignature.sign(key, topic.name(), value, previous);
    }
}
