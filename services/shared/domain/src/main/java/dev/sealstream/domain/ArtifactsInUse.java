package dev.sealstream.domain;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which artifacts a checkpoint log still needs: the deltas of every version that was ever released, since the head may go
 * back to it, and those of candidates that wait for a person. A fold over the gate's decisions, all lineages together.
 */
public final class ArtifactsInUse {
    private final Set<String> released = new HashSet<>();
    private final Map<String, AdapterReference> held = new HashMap<>();

    public void add(CheckpointDecision decision) {
        var candidate = decision.candidate();
        if (decision instanceof CheckpointDecision.Held) {
            held.put(candidate.candidateId(), candidate.delta());
        } else if (candidate != null) {
            held.remove(candidate.candidateId());
        }
        if (decision instanceof CheckpointDecision.Released) {
            released.addAll(hashes(candidate.delta()));
        }
    }

    public boolean contains(String sha256) {
        return released.contains(sha256)
                || held.values().stream().anyMatch(delta -> hashes(delta).contains(sha256));
    }

    private static List<String> hashes(AdapterReference delta) {
        return List.of(delta.configuration().sha256(), delta.weights().sha256());
    }
}
