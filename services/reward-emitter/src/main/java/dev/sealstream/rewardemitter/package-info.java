/**
 * Rewards: collects the outcomes of a rollout group, gives every rollout its reward and hands the whole group on as one
 * experience; the best self-edit of an ADAPT datum becomes a candidate for release.
 *
 * <p>Start reading at {@link dev.sealstream.rewardemitter.RewardTopology}. What a reward is, is a rule of the domain
 * ({@link dev.sealstream.domain.RolloutGroup}). Stays out: models, tensors, how answers are graded.
 */
package dev.sealstream.rewardemitter;
