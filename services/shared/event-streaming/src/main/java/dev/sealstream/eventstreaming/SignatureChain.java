package dev.sealstream.eventstreaming;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import java.util.HashMap;
import java.util.Map;

/**
 * Which signed event may come next: for each key of a topic, the one whose signature covers that of the last. So an event that counted
 * once does not count again when somebody writes it a second time. Not thread-safe.
 */
public final class SignatureChain {
    private final Map<String, byte[]> last;

    /** Before the first event. */
    public SignatureChain() {
        this(Map.of());
    }

    private SignatureChain(Map<String, byte[]> last) {
        this.last = new HashMap<>(last);
    }

    SignatureChain copy() {
        return new SignatureChain(last);
    }

    /**
     * Empty when the event follows the last of its key, and is the last from now on; else what is wrong with it. The key is what the
     * event says, which is signed, and not that of the record, which is not.
     *
     * @param record what the event was decoded from, to which an {@link EventVerifier} has no objection
     */
    public <E> String objection(Topic<E> topic, E event, ConsumerRecord<byte[], byte[]> record) {
        String key = topic.key().apply(event);
        byte[] before = last.getOrDefault(key, EventSignature.NONE);
        var signature = EventSignature.of(record.headers()).filter(signed -> signed.follows(before));
        if (signature.isEmpty()) {
            return "it is signed and does not follow what was signed before it: it was written again, or a record before"
                    + " it is missing";
        }
        last.put(key, signature.get().bytes());
        return "";
    }
}
