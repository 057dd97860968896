package dev.sealstream.domain;

import java.util.List;

/** What the gate did to a lineage. Replaying a lineage's decisions in order gives its versions and its head. */
public sealed interface CheckpointDecision
        permits CheckpointDecision.Released,
                CheckpointDecision.Rejected,
                CheckpointDecision.Held,
                CheckpointDecision.RolledBack {

    String lineage();

    /**
     * A new version: the head of that moment plus the candidate's delta.
     *
     * @param version higher than any version before
     * @param parentVersion the head the delta was added to
     * @param weightsHash hash chain over all deltas up to this one
     * @param approval who agreed and why; null where nobody had to
     */
    record Released(
            String lineage,
            long version,
            long parentVersion,
            String parentWeightsHash,
            String weightsHash,
            CandidateProposed candidate,
            Evidence evidence,
            Approval approval,
            String reason)
            implements CheckpointDecision {
        public Released {
            Require.nonBlank("lineage", lineage);
            Require.present("candidate", candidate);
            Require.nonBlank("parentWeightsHash", parentWeightsHash);
            Require.present("evidence", evidence);
            if (parentVersion < 0 || version <= parentVersion) {
                throw new IllegalArgumentException("lineage " + lineage + " releases version " + version
                        + " on version " + parentVersion + "; allowed: a version above its parent's, from 0 on");
            }
            if (!candidate.weightsHashOn(parentWeightsHash).equals(weightsHash)) {
                throw new IllegalArgumentException("version " + version + " of lineage " + lineage
                        + " has weights hash " + weightsHash + ", its parent and delta give "
                        + candidate.weightsHashOn(parentWeightsHash) + "; do not use these weights");
            }
        }
    }

    /**
     * A candidate that is not released, and why.
     *
     * @param evidence null when the candidate could not be measured
     * @param refusal who refused and why; null where no person did
     */
    record Rejected(String lineage, CandidateProposed candidate, Evidence evidence, Approval refusal, String reason)
            implements CheckpointDecision {
        public Rejected {
            Require.nonBlank("lineage", lineage);
            Require.present("candidate", candidate);
            Require.nonBlank("reason", reason);
        }
    }

    /**
     * A candidate that waits for a person. A later decision on the same candidate ends the wait.
     *
     * @param headVersion the head it was measured on
     * @param alarms what the guards found; empty where policy alone asks for a person
     */
    record Held(String lineage, CandidateProposed candidate, long headVersion, Evidence evidence, List<Alarm> alarms)
            implements CheckpointDecision {
        public Held {
            Require.nonBlank("lineage", lineage);
            Require.present("candidate", candidate);
            Require.present("evidence", evidence);
            alarms = List.copyOf(alarms);
        }
    }

    /** {@code toVersion}, back or forward, is the head again. Nothing is deleted. */
    record RolledBack(String lineage, long toVersion, String weightsHash, String by, String reason)
            implements CheckpointDecision {
        public RolledBack {
            Require.nonBlank("lineage", lineage);
            Require.nonBlank("weightsHash", weightsHash);
            Require.nonBlank("by", by);
            Require.nonBlank("reason", reason);
        }
    }

    /** The candidate a decision is about; null for a roll-back. */
    default CandidateProposed candidate() {
        return null;
    }
}
