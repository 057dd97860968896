package dev.sealstream.workerruntime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;

import java.nio.file.Path;

/** Versions as a whole, so that start-up stays bounded however long a lineage gets. */
@ConfigMapping(prefix = "seal.snapshots")
public interface SnapshotsConfig {
    /**
     * Deltas since the last snapshot, or since the base, from which on a release gets one. More take less space, four bytes a
     * weight and snapshot, and make a worker that starts add up more deltas; 0 takes none.
     */
    @Min(0)
    @WithDefault("16")
    int every();

    /** Directory of this machine for the two snapshots used last; needs room for three. Workers of one base model may share it. */
    @WithDefault(".seal/snapshots")
    Path directory();
}
