package dev.sealstream.domain;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which artifacts are still needed: the deltas of every version that was ever released or archived, since the head or the
 * search may go back to it, those of candidates that wait for a person, and the newest snapshots of each lineage. A fold over
 * the gate's decisions and the snapshots, all lineages together.
 */
public final class ArtifactsInUse {
    /**
     * Snapshots kept of each lineage. The one before the newest serves those that go back a little, and those that find the
     * newest damaged; without an older one the deltas still give its version.
     */
    static final int SNAPSHOTS_MAX = 2;

    private final Set<String> versions = new HashSet<>();
    private final Map<String, AdapterReference> held = new HashMap<>();
    private final Map<String, TreeMap<Long, SnapshotTaken>> snapshots = new HashMap<>();

    public void add(CheckpointDecision decision) {
        var candidate = decision.candidate();
        if (decision instanceof CheckpointDecision.Held) {
            held.put(candidate.candidateId(), candidate.delta());
        } else if (candidate != null) {
            held.remove(candidate.candidateId());
        }
        if (decision instanceof CheckpointDecision.VersionAdded) {
            versions.addAll(hashes(candidate.delta()));
        }
    }

    public void add(SnapshotTaken snapshot) {
        var ofLineage = snapshots.computeIfAbsent(snapshot.lineage(), name -> new TreeMap<>());
        ofLineage.put(snapshot.version(), snapshot);
        while (ofLineage.size() > SNAPSHOTS_MAX) {
            ofLineage.pollFirstEntry();
        }
    }

    public boolean contains(String sha256) {
        return versions.contains(sha256)
                || held.values().stream().anyMatch(delta -> hashes(delta).contains(sha256))
                || snapshots.values().stream()
                        .flatMap(ofLineage -> ofLineage.values().stream())
                        .anyMatch(snapshot -> snapshot.hashes().contains(sha256));
    }

    private static List<String> hashes(AdapterReference delta) {
        return List.of(delta.configuration().sha256(), delta.weights().sha256());
    }
}
