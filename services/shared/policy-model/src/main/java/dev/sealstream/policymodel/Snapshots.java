package dev.sealstream.policymodel;

import dev.sealstream.domain.SnapshotTaken;

import java.util.Map;

/** Knows which versions are in the artifact store as a whole, as it is now. */
@FunctionalInterface
public interface Snapshots {
    /** Every version is added up from the base. */
    Snapshots NONE = Map::of;

    /** The newest snapshot of each version, by weights hash. */
    Map<String, SnapshotTaken> byWeightsHash();
}
