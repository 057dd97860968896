package dev.sealstream.domain;

import java.util.List;
import java.util.Optional;

/** A whole rollout group after its last member ended: one experience for the policy trainer. */
public record RolloutGroupCompleted(
        String rolloutGroupId,
        String dataId,
        DataMode mode,
        String lineage,
        long policyVersion,
        String weightsHash,
        String prompt,
        List<GroupMember> members) {

    public RolloutGroupCompleted {
        Require.nonBlank("rolloutGroupId", rolloutGroupId);
        Require.nonBlank("dataId", dataId);
        Require.present("mode", mode);
        Require.nonBlank("lineage", lineage);
        Require.nonBlank("weightsHash", weightsHash);
        Require.nonBlank("prompt", prompt);
        members = Require.nonEmpty("members of " + rolloutGroupId, members);
    }

    /** What ReST-EM keeps of the group; empty when no member earned a reward. */
    public Optional<GroupMember> selected() {
        return members.stream().filter(GroupMember::selected).findFirst();
    }
}
