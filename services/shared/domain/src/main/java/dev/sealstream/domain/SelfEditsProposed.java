package dev.sealstream.domain;

import java.util.List;

/**
 * The G self-edits one policy version wrote for one datum: a whole rollout group, the unit of work from here to its
 * outcomes.
 *
 * @param datum with at least one question, since its edits are measured by them
 * @param policyVersion version of the checkpoint that wrote the edits; 0 is the base model
 * @param weightsHash proves which weights wrote them, and on which they must be trained
 * @param prompt the text the completions continue
 * @param updateKind how the edits are to be learnt
 */
public record SelfEditsProposed(
        String rolloutGroupId,
        NewData datum,
        long policyVersion,
        String weightsHash,
        String prompt,
        List<SelfEdit> selfEdits,
        UpdateKind updateKind) {

    public SelfEditsProposed {
        Require.nonBlank("rolloutGroupId", rolloutGroupId);
        Require.present("datum", datum);
        Require.nonEmpty("questions of the datum of " + rolloutGroupId, datum.questions());
        Require.nonBlank("weightsHash", weightsHash);
        Require.nonBlank("prompt", prompt);
        selfEdits = Require.nonEmpty("selfEdits of " + rolloutGroupId, selfEdits);
        Require.present("updateKind", updateKind);
    }

    /** Edits for a single passage. */
    public SelfEditsProposed(
            String rolloutGroupId,
            NewData datum,
            long policyVersion,
            String weightsHash,
            String prompt,
            List<SelfEdit> selfEdits) {
        this(rolloutGroupId, datum, policyVersion, weightsHash, prompt, selfEdits, UpdateKind.SINGLE_PASSAGE);
    }

    public int groupSize() {
        return selfEdits.size();
    }
}
