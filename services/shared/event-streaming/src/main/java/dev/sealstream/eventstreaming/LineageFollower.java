package dev.sealstream.eventstreaming;

import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.Lineage;

import java.util.HashMap;
import java.util.Map;

/**
 * Knows every lineage by replaying {@code seal.checkpoints} from its beginning. Safe for use by several
 * threads.
 */
public final class LineageFollower implements AutoCloseable {
    private final LogReader<CheckpointDecision> checkpoints;
    private final String baseWeightsHash;
    private final Map<String, Lineage> lineages = new HashMap<>();

    /**
     * @param checkpoints a reader of its own, closed with this
     * @param baseWeightsHash hash of version 0 of every lineage
     */
    public LineageFollower(LogReader<CheckpointDecision> checkpoints, String baseWeightsHash) {
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
        var decisions = checkpoints.readNew();
        decisions.stream()
                .map(CheckpointDecision::lineage)
                .distinct()
                .forEach(name -> lineages.put(name, lineage(name).after(decisions)));
    }

    /** The lineage as of the last {@link #refresh()}; one without decisions has its base model alone. */
    public synchronized Lineage lineage(String name) {
        var known = lineages.get(name);
        return known == null ? Lineage.base(name, baseWeightsHash) : known;
    }

    @Override
    public void close() {
        checkpoints.close();
    }
}
