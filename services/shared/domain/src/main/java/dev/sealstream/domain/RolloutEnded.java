package dev.sealstream.domain;

/**
 * The end of one rollout, with all that rewards and reinforcement learning need of it.
 *
 * @param groupSize number of rollouts in the group, which all end in such an event
 * @param baselineAccuracy closed-book accuracy of the model before the update, or null where it was not measured
 * @param labelFree whether a model wrote the datum's questions and answers, because people sent none
 */
public record RolloutEnded(
        String rolloutGroupId,
        int groupSize,
        String dataId,
        DataMode mode,
        String lineage,
        long policyVersion,
        String weightsHash,
        String prompt,
        SelfEdit selfEdit,
        Double baselineAccuracy,
        Outcome outcome,
        boolean labelFree) {

    public RolloutEnded {
        Require.nonBlank("rolloutGroupId", rolloutGroupId);
        Require.atLeast("groupSize", groupSize, 1);
        Require.nonBlank("dataId", dataId);
        Require.present("mode", mode);
        Require.nonBlank("lineage", lineage);
        Require.nonBlank("weightsHash", weightsHash);
        Require.nonBlank("prompt", prompt);
        Require.present("selfEdit", selfEdit);
        Require.present("outcome", outcome);
        if (selfEdit.index() >= groupSize) {
            throw new IllegalArgumentException("self-edit " + selfEdit.selfEditId() + " has index " + selfEdit.index()
                    + " in a group of " + groupSize + "; allowed: 0 to " + (groupSize - 1));
        }
        if (baselineAccuracy != null) {
            Require.unitInterval("baselineAccuracy", baselineAccuracy);
        }
    }

    /** On questions that people sent. */
    public RolloutEnded(
            String rolloutGroupId,
            int groupSize,
            String dataId,
            DataMode mode,
            String lineage,
            long policyVersion,
            String weightsHash,
            String prompt,
            SelfEdit selfEdit,
            Double baselineAccuracy,
            Outcome outcome) {
        this(
                rolloutGroupId,
                groupSize,
                dataId,
                mode,
                lineage,
                policyVersion,
                weightsHash,
                prompt,
                selfEdit,
                baselineAccuracy,
                outcome,
                false);
    }

    public static RolloutEnded of(
            SelfEditsProposed group, SelfEdit selfEdit, Double baselineAccuracy, Outcome outcome) {
        return new RolloutEnded(
                group.rolloutGroupId(),
                group.groupSize(),
                group.datum().dataId(),
                group.datum().mode(),
                group.datum().lineage(),
                group.policyVersion(),
                group.weightsHash(),
                group.prompt(),
                selfEdit,
                baselineAccuracy,
                outcome,
                group.datum().labelFree());
    }
}
