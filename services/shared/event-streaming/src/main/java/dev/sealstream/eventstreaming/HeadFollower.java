package dev.sealstream.eventstreaming;

import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.Head;

import java.util.HashMap;
import java.util.Map;

/**
 * Knows the head of every lineage by replaying {@code seal.checkpoints} from its beginning. Safe for use by several
 * threads.
 */
public final class HeadFollower implements AutoCloseable {
    private final LogReader<CheckpointDecision> checkpoints;
    private final String baseWeightsHash;
    private final Map<String, Head> heads = new HashMap<>();

    /**
     * @param checkpoints a reader of its own, closed with this
     * @param baseWeightsHash hash of version 0 of every lineage
     */
    public HeadFollower(LogReader<CheckpointDecision> checkpoints, String baseWeightsHash) {
        this.checkpoints = checkpoints;
        this.baseWeightsHash = baseWeightsHash;
    }

    /**
     * Replays what was decided since the last call.
     *
     * @throws IllegalStateException when the log does not fit the base model
     * @throws TransientFaultException when broker or registry do not answer
     */
    public synchronized void refresh() {
        for (var decision : checkpoints.readNew()) {
            heads.put(decision.lineage(), head(decision.lineage()).after(decision));
        }
    }

    /** The head as of the last {@link #refresh()}; the base model for a lineage without decisions. */
    public synchronized Head head(String lineage) {
        var head = heads.get(lineage);
        return head == null ? Head.base(lineage, baseWeightsHash) : head;
    }

    @Override
    public void close() {
        checkpoints.close();
    }
}
