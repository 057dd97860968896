package dev.sealstream.domain;

import java.util.List;

/**
 * A weight change that asks to be released.
 *
 * @param parentVersion version the delta was trained on; a release adds the delta to it
 * @param delta LoRA factors of the change
 * @param rolloutGroupIds the groups the delta was learnt from, in order
 * @param meanReward mean reward of the self-edits it was learnt from, 0 to 1
 * @param frobeniusNorm Frobenius norm of the weight change over all modules
 * @param largestSingularValue largest singular value of any module's weight change
 */
public record CandidateProposed(
        String candidateId,
        String lineage,
        Kind kind,
        long parentVersion,
        String parentWeightsHash,
        AdapterReference delta,
        List<String> rolloutGroupIds,
        double meanReward,
        double frobeniusNorm,
        double largestSingularValue) {

    /** What the delta teaches. */
    public enum Kind {
        /** A better writer of self-edits. */
        POLICY,
        /** The content of a document, for good. */
        KNOWLEDGE
    }

    public CandidateProposed {
        Require.nonBlank("candidateId", candidateId);
        Require.nonBlank("lineage", lineage);
        Require.present("kind", kind);
        Require.nonBlank("parentWeightsHash", parentWeightsHash);
        Require.present("delta", delta);
        rolloutGroupIds = List.copyOf(rolloutGroupIds);
    }

    /** Hash of the weights that a release of this candidate on its parent has. */
    public String weightsHash() {
        return WeightsHash.chain(parentWeightsHash, delta.sha256());
    }
}
