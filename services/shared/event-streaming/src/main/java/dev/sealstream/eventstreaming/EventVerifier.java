package dev.sealstream.eventstreaming;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;

/** Tells whether an event carries a signature of somebody who may write it. Immutable. */
public final class EventVerifier {
    /** Asks for no signature. */
    public static final EventVerifier NONE = new EventVerifier(List.of());

    private final List<PublicKey> keys;

    private EventVerifier(List<PublicKey> keys) {
        this.keys = keys;
    }

    /**
     * @param pem file with one or more Ed25519 public keys, as {@code openssl pkey -pubout} writes them; any of them will do, so
     *     that a key can be replaced
     * @throws IllegalArgumentException if it cannot be read, or holds no such key
     */
    public static EventVerifier of(Path pem) {
        return new EventVerifier(PemKeys.publicKeys(pem));
    }

    /** Whether a signature is asked for. */
    public boolean isOn() {
        return !keys.isEmpty();
    }

    /** Empty when somebody who may wrote the record, else what is wrong with it. When it was written {@link SignatureChain} tells. */
    public String objection(ConsumerRecord<byte[], byte[]> record) {
        if (!isOn()) {
            return "";
        }
        var signature = EventSignature.of(record.headers());
        if (signature.isEmpty()) {
            return "it is not signed";
        }
        boolean known = keys.stream().anyMatch(key -> signature.get().isOf(key, record.topic(), record.value()));
        return known ? "" : "its signature is not one of the " + keys.size() + " known keys";
    }
}
