package dev.sealstream.rewardemitter;

import dev.sealstream.domain.RewardAssigned;

import java.util.List;

/** Is told what happens to outcomes; the service turns it into metrics. Must be quick. */
interface RewardListener {
    /** Hears everything and does nothing. */
    RewardListener NONE = new RewardListener() {};

    /** A group is complete; its rewards are on their way. */
    default void groupCompleted(List<RewardAssigned> rewards) {}

    /** An outcome came again, for a member that had ended or a group that was emitted; it changes nothing. */
    default void duplicateIgnored(String rolloutGroupId) {}

    /** A record went to the dead letters. */
    default void deadLettered(String reason) {}

    /** A group never became complete and was given up. */
    default void groupExpired(String rolloutGroupId) {}
}
