package dev.sealstream.domain;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The groups one outer-loop step learns from, in an order that does not depend on when they arrived: by group id.
 *
 * @param groups of one lineage, at least one
 */
public record TrainingRound(List<RolloutGroupCompleted> groups) {
    public TrainingRound {
        groups = Require.nonEmpty("groups", groups).stream()
                .sorted(Comparator.comparing(RolloutGroupCompleted::rolloutGroupId))
                .toList();
    }

    /** ReST-EM's training pairs: for each group the prompt and the selected completion. */
    public List<PolicyExample> selected() {
        return groups.stream()
                .flatMap(group -> group.selected().stream().map(member -> new PolicyExample(group.prompt(), member)))
                .toList();
    }

    public List<String> groupIds() {
        return groups.stream().map(RolloutGroupCompleted::rolloutGroupId).toList();
    }

    /** Hex SHA-256 over the ids, so that the same round always has the same name. */
    public String hash() {
        return Sha256.hex(groupIds().stream().collect(Collectors.joining("\n")));
    }

    /** Mean reward over all rewarded members; 0 when there are none. */
    public double meanReward() {
        return groups.stream()
                .flatMap(group -> group.members().stream())
                .filter(member -> member.reward() != null)
                .mapToDouble(GroupMember::reward)
                .average()
                .orElse(0.0);
    }
}
