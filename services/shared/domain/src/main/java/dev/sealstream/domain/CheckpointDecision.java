package dev.sealstream.domain;

import java.util.List;

/** What the gate did to a lineage. Replaying a lineage's decisions in order gives its versions and its head. */
public sealed interface CheckpointDecision
        permits CheckpointDecision.VersionAdded,
                CheckpointDecision.Rejected,
                CheckpointDecision.Held,
                CheckpointDecision.RolledBack,
                CheckpointDecision.ParentChosen {

    String lineage();

    /** A decision that adds a version to the tree, whose weights can be rebuilt from then on: its parent's plus a delta. */
    sealed interface VersionAdded extends CheckpointDecision permits Released, Archived {
        /** Higher than any version before. */
        long version();

        /** The version the delta was added to. */
        long parentVersion();

        String parentWeightsHash();

        /** Hash chain over all deltas up to this one. */
        String weightsHash();

        @Override
        CandidateProposed candidate();

        Evidence evidence();

        /** The evidence in words. */
        String reason();
    }

    /**
     * A new version that serves: it is the head from now on.
     *
     * @param parentVersion the head of that moment, or the version that the archive search branched off from
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
            implements VersionAdded {
        public Released {
            requireVersion(lineage, version, parentVersion, parentWeightsHash, weightsHash, candidate, evidence);
        }
    }

    /**
     * A new version that does not serve: a policy that is not better than the head and stays in the archive, since a better one
     * may descend from it.
     *
     * @param reason why it does not serve
     */
    record Archived(
            String lineage,
            long version,
            long parentVersion,
            String parentWeightsHash,
            String weightsHash,
            CandidateProposed candidate,
            Evidence evidence,
            String reason)
            implements VersionAdded {
        public Archived {
            requireVersion(lineage, version, parentVersion, parentWeightsHash, weightsHash, candidate, evidence);
            Require.nonBlank("reason", reason);
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
     * @param headVersion the head it was compared with
     * @param onVersion the version its delta was added to, which a release of it hangs on
     * @param alarms what the guards found; empty where policy alone asks for a person
     */
    record Held(
            String lineage,
            CandidateProposed candidate,
            long headVersion,
            long onVersion,
            Evidence evidence,
            List<Alarm> alarms)
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

    /**
     * The archive search goes on from this version: the next round of policy training starts there and not at the head. Holds
     * until the next policy candidate is decided.
     *
     * @param probability of this choice among all versions, above 0 to 1
     */
    record ParentChosen(String lineage, long version, String weightsHash, double probability)
            implements CheckpointDecision {
        public ParentChosen {
            Require.nonBlank("lineage", lineage);
            Require.nonBlank("weightsHash", weightsHash);
            Require.unitInterval("probability", probability);
        }
    }

    /** The candidate a decision is about; null for a roll-back and for the choice of a parent. */
    default CandidateProposed candidate() {
        return null;
    }

    private static void requireVersion(
            String lineage,
            long version,
            long parentVersion,
            String parentWeightsHash,
            String weightsHash,
            CandidateProposed candidate,
            Evidence evidence) {
        Require.nonBlank("lineage", lineage);
        Require.present("candidate", candidate);
        Require.nonBlank("parentWeightsHash", parentWeightsHash);
        Require.present("evidence", evidence);
        if (parentVersion < 0 || version <= parentVersion) {
            throw new IllegalArgumentException("lineage " + lineage + " gets version " + version + " on version "
                    + parentVersion + "; allowed: a version above its parent's, from 0 on");
        }
        if (!candidate.weightsHashOn(parentWeightsHash).equals(weightsHash)) {
            throw new IllegalArgumentException("version " + version + " of lineage " + lineage + " has weights hash "
                    + weightsHash + ", its parent and delta give " + candidate.weightsHashOn(parentWeightsHash)
                    + "; do not use these weights");
        }
    }
}
