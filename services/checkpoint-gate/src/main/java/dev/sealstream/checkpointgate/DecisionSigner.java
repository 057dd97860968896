package dev.sealstream.checkpointgate;

import dev.sealstream.eventstreaming.EventSigner;
import dev.sealstream.eventstreaming.Topics;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jboss.logging.Logger;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Signs each decision together with the signature of the one before it in its lineage, which is kept with the gate's state: what is
 * written and what is remembered are one transaction. A lineage is signed from its first decision on or never, since whoever asks for
 * signatures could not follow one that begins in the middle.
 */
final class DecisionSigner {
    private static final Logger LOG = Logger.getLogger(DecisionSigner.class);

    private final Optional<EventSigner> signer;
    private final KeyValueStore<String, byte[]> last;
    private final Set<String> unsigned;

    /**
     * @param last signature of each lineage's last decision; none where that was not signed
     * @param decided lineages with decisions
     */
    DecisionSigner(Optional<EventSigner> signer, KeyValueStore<String, byte[]> last, Set<String> decided) {
        this.signer = signer;
        this.last = last;
        this.unsigned = new TreeSet<>(decided);
        unsigned.removeIf(lineage -> last.get(lineage) != null);
        if (signer.isPresent() && !unsigned.isEmpty()) {
            LOG.warnf(
                    "lineages %s have decisions that were not signed, so none of theirs is: whoever has"
                            + " seal.checkpoints.public-keys stays with their base; begin another lineage",
                    unsigned);
        }
    }

    void sign(String lineage, byte[] value, Headers headers) {
        if (signer.isEmpty()) {
            last.delete(lineage);
            return;
        }
        if (unsigned.contains(lineage)) {
            return;
        }
        byte[] before = last.get(lineage);
        var signature = before == null
                ? signer.get().sign(Topics.CHECKPOINTS, value)
                : signer.get().sign(Topics.CHECKPOINTS, value, before);
        signature.addTo(headers);
        last.put(lineage, signature.bytes());
    }
}
