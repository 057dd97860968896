package dev.sealstream.domain;

/**
 * One rollout of a completed group, as reinforcement learning sees it.
 *
 * @param reward null when the rollout earned none
 * @param advantage reward minus the group's mean; null without a reward
 * @param selected whether ReST-EM keeps it
 */
public record GroupMember(SelfEdit selfEdit, Double reward, Double advantage, boolean selected) {
    public GroupMember {
        Require.present("selfEdit", selfEdit);
    }
}
