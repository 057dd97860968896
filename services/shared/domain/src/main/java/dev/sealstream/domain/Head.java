package dev.sealstream.domain;

import java.util.ArrayList;
import java.util.List;

/**
 * The head of a lineage as a fold over its decisions: base weights plus released deltas in order.
 *
 * @param version 0 for the base model
 * @param weightsHash hash chain up to this version
 * @param releases the releases the head consists of, oldest first
 */
public record Head(String lineage, long version, String weightsHash, List<CheckpointDecision.Released> releases) {
    public Head {
        Require.nonBlank("lineage", lineage);
        Require.nonBlank("weightsHash", weightsHash);
        releases = List.copyOf(releases);
        if (releases.size() != version) {
            throw new IllegalArgumentException("head of lineage " + lineage + " has version " + version + " but "
                    + releases.size() + " releases; allowed: one release for each version");
        }
    }

    public static Head base(String lineage, String baseWeightsHash) {
        return new Head(lineage, 0, baseWeightsHash, List.of());
    }

    /** The head after one more decision of the gate. */
    public Head after(CheckpointDecision decision) {
        if (!decision.lineage().equals(lineage)) {
            return this;
        }
        if (decision instanceof CheckpointDecision.Released released) {
            return extendedBy(released);
        }
        if (decision instanceof CheckpointDecision.RolledBack rolledBack) {
            return backTo(rolledBack);
        }
        return this;
    }

    private Head extendedBy(CheckpointDecision.Released released) {
        if (released.version() != version + 1
                || !released.candidate().parentWeightsHash().equals(weightsHash)) {
            throw new IllegalStateException("lineage " + lineage + ": release " + released.version() + " on weights "
                    + released.candidate().parentWeightsHash() + " does not follow head " + version + " with weights "
                    + weightsHash + "; the base model or the checkpoint log is not the one this lineage began with");
        }
        var all = new ArrayList<>(releases);
        all.add(released);
        return new Head(lineage, released.version(), released.weightsHash(), all);
    }

    private Head backTo(CheckpointDecision.RolledBack rolledBack) {
        if (rolledBack.toVersion() < 0 || rolledBack.toVersion() > version) {
            throw new IllegalStateException("lineage " + lineage + " cannot roll back from version " + version + " to "
                    + rolledBack.toVersion() + "; allowed: 0 to " + version);
        }
        return new Head(lineage, rolledBack.toVersion(), rolledBack.weightsHash(), releases.subList(0, (int)
                rolledBack.toVersion()));
    }
}
