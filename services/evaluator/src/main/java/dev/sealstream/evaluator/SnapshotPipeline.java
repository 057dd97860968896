package dev.sealstream.evaluator;

import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.eventstreaming.Emissions;
import dev.sealstream.eventstreaming.Result;
import dev.sealstream.eventstreaming.Stage;
import dev.sealstream.eventstreaming.Topics;
import dev.sealstream.policymodel.SnapshotWriter;
import org.jboss.logging.Logger;

/**
 * Releases become snapshots, now and then: the weights of the new head as a whole, for whoever starts later.
 *
 * <p>Nobody waits for a snapshot, so whatever goes wrong with one is a line in the log: the next release is another chance, and
 * without any snapshot the deltas still give every version.
 */
final class SnapshotPipeline implements Stage<CheckpointDecision> {
    private static final Logger LOG = Logger.getLogger(SnapshotPipeline.class);

    private final SnapshotWriter snapshots;

    SnapshotPipeline(SnapshotWriter snapshots) {
        this.snapshots = snapshots;
    }

    @Override
    public Result process(CheckpointDecision decision) {
        if (!(decision instanceof CheckpointDecision.Released release)) {
            return Result.nothing();
        }
        try {
            return snapshots
                    .write(release.lineage(), release.version())
                    .map(taken -> Result.emit(new Emissions().add(Topics.SNAPSHOTS, taken)))
                    .orElseGet(Result::nothing);
        } catch (RuntimeException failure) {
            LOG.errorf(
                    failure,
                    "no snapshot of version %d of lineage %s; the next release is another chance",
                    release.version(),
                    release.lineage());
            return Result.nothing();
        }
    }
}
