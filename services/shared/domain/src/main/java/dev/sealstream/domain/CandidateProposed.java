package dev.sealstream.domain;

import java.util.List;

/**
 * A weight change that asks to be released. What it says of itself (norms, reward) is for people; the gate decides on what the
 * evaluator measured.
 *
 * @param parentVersion version the delta was trained on; a release adds it to the head, which may be newer
 * @param delta LoRA factors of the change
 * @param rolloutGroupIds the groups the delta was learnt from, in order
 * @param meanReward mean reward of the self-edits it was learnt from, 0 to 1
 * @param frobeniusNorm Frobenius norm of the weight change over all modules
 * @param largestSingularValue largest singular value of any module's weight change
 * @param diversity how unlike each other the self-edits of a document are that a policy candidate was learnt from, 0 (alike)
 *     to 1; null for a knowledge candidate
 * @param lesson what a knowledge candidate teaches; null for a policy candidate
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
        double largestSingularValue,
        Double diversity,
        Lesson lesson) {

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
        if ((kind == Kind.KNOWLEDGE) != (lesson != null)) {
            throw new IllegalArgumentException("candidate " + candidateId + " of kind " + kind + " has "
                    + (lesson == null ? "no lesson" : "a lesson")
                    + "; allowed: a lesson for KNOWLEDGE, none for POLICY");
        }
    }

    /** Hash of the weights that a release of this candidate on a head has. */
    public String weightsHashOn(String headWeightsHash) {
        return WeightsHash.chain(headWeightsHash, delta.sha256());
    }
}
