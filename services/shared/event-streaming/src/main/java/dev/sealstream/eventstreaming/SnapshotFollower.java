package dev.sealstream.eventstreaming;

import dev.sealstream.domain.SnapshotTaken;

import java.util.HashMap;
import java.util.Map;

/** Knows every snapshot by replaying {@code seal.snapshots} from its beginning. Safe for use by several threads. */
public final class SnapshotFollower implements AutoCloseable {
    private final LogReader<SnapshotTaken> log;
    private final Map<String, SnapshotTaken> byWeights = new HashMap<>();

    /** @param log a reader of its own, closed with this */
    public SnapshotFollower(LogReader<SnapshotTaken> log) {
        this.log = log;
    }

    /**
     * Replays what was written since the last call.
     *
     * @throws TransientFaultException when broker or registry do not answer
     */
    public synchronized void refresh() {
        log.readNew().forEach(snapshot -> byWeights.put(snapshot.weightsHash(), snapshot));
    }

    /** The newest snapshot of each version as of the last {@link #refresh()}, by weights hash. */
    public synchronized Map<String, SnapshotTaken> byWeightsHash() {
        return Map.copyOf(byWeights);
    }

    @Override
    public void close() {
        log.close();
    }
}
