package dev.sealstream.workerruntime;

import dev.sealstream.domain.ArtifactsInUse;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.SnapshotTaken;
import dev.sealstream.eventstreaming.ArtifactStore;
import org.jboss.logging.Logger;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Removes, now and then, the artifacts that no release, no waiting candidate and no recent snapshot refers to. */
final class ArtifactCollection implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ArtifactCollection.class);

    private final ArtifactStore artifacts;
    private final Supplier<List<CheckpointDecision>> newDecisions;
    private final Supplier<List<SnapshotTaken>> newSnapshots;
    private final Duration grace;
    private final Clock clock;
    private final ArtifactsInUse inUse = new ArtifactsInUse();
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(work -> {
        var thread = new Thread(work, "artifact-collection");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param newDecisions gives the decisions of the checkpoint log since the last call
     * @param newSnapshots gives the snapshots since the last call
     */
    ArtifactCollection(
            ArtifactStore artifacts,
            Supplier<List<CheckpointDecision>> newDecisions,
            Supplier<List<SnapshotTaken>> newSnapshots,
            Duration grace,
            Clock clock) {
        this.artifacts = artifacts;
        this.newDecisions = newDecisions;
        this.newSnapshots = newSnapshots;
        this.grace = grace;
        this.clock = clock;
    }

    ArtifactCollection every(Duration period) {
        worker.scheduleWithFixedDelay(this::tryToCollect, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    private void tryToCollect() {
        try {
            collect();
        } catch (RuntimeException failure) {
            // Nothing waits for the space; the next time is early enough.
            LOG.warn("artifacts could not be collected; tried again later", failure);
        }
    }

    void collect() {
        newDecisions.get().forEach(inUse::add);
        newSnapshots.get().forEach(inUse::add);
        var removed = artifacts.collect(inUse::contains, clock.instant().minus(grace));
        LOG.infof("removed %d artifacts of %d bytes that nothing refers to", removed.artifacts(), removed.bytes());
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
