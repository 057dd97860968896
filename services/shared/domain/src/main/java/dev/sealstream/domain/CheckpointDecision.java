package dev.sealstream.domain;

/** What the gate did to a lineage. Replaying a lineage's decisions in order gives its head. */
public sealed interface CheckpointDecision
        permits CheckpointDecision.Released, CheckpointDecision.Rejected, CheckpointDecision.RolledBack {

    String lineage();

    /**
     * A new version: its parent plus the candidate's delta.
     *
     * @param version parent's version plus one
     * @param weightsHash hash chain over all deltas up to this one
     */
    record Released(
            String lineage,
            long version,
            String weightsHash,
            CandidateProposed candidate,
            Estimate benchmarkBefore,
            Estimate benchmarkAfter,
            Estimate gain,
            String reason)
            implements CheckpointDecision {
        public Released {
            Require.nonBlank("lineage", lineage);
            Require.present("candidate", candidate);
            if (version < 1) {
                throw new IllegalArgumentException(
                        "lineage " + lineage + " releases version " + version + "; allowed: 1 or more");
            }
            if (!candidate.weightsHash().equals(weightsHash)) {
                throw new IllegalArgumentException("version " + version + " of lineage " + lineage
                        + " has weights hash " + weightsHash + ", its parent and delta give "
                        + candidate.weightsHash() + "; do not use these weights");
            }
        }
    }

    /** A candidate that is not released, and why. */
    record Rejected(
            String lineage,
            CandidateProposed candidate,
            Estimate benchmarkBefore,
            Estimate benchmarkAfter,
            Estimate gain,
            String reason)
            implements CheckpointDecision {
        public Rejected {
            Require.nonBlank("lineage", lineage);
            Require.present("candidate", candidate);
            Require.nonBlank("reason", reason);
        }
    }

    /** The lineage's tail is dropped: {@code toVersion} is the head again. */
    record RolledBack(String lineage, long toVersion, String weightsHash, String by, String reason)
            implements CheckpointDecision {
        public RolledBack {
            Require.nonBlank("lineage", lineage);
            Require.nonBlank("weightsHash", weightsHash);
            Require.nonBlank("by", by);
            Require.nonBlank("reason", reason);
        }
    }
}
