package dev.sealstream.console;

import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.RewardAssigned;

import java.util.List;

/** The topics the console follows. */
record Followers(TopicFollower<RewardAssigned> rewards, TopicFollower<CheckpointDecision> checkpoints) {
    List<TopicFollower<?>> all() {
        return List.of(rewards, checkpoints);
    }
}
