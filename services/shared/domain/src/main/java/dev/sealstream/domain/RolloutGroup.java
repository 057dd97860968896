package dev.sealstream.domain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A complete rollout group and the rewards that follow from it.
 *
 * <p>Reward: see {@link Outcome#reward()}. Advantage: reward minus the mean over the rewarded members. Selected
 * (ReST-EM, arXiv 2506.10943 section 3.1): the member with the highest reward that can be trained on, the first of
 * equals.
 */
public final class RolloutGroup {
    private final List<RolloutEnded> rollouts;
    private final OptionalDouble meanReward;
    private final Optional<RolloutEnded> best;
    private final RewardNoise noise;

    /** @param rollouts every member exactly once, in any order */
    public RolloutGroup(List<RolloutEnded> rollouts) {
        var first = Require.nonEmpty("rollouts", rollouts).get(0);
        var indices = new HashSet<Integer>();
        rollouts.forEach(rollout -> indices.add(rollout.selfEdit().index()));
        if (rollouts.size() != first.groupSize() || indices.size() != first.groupSize()) {
            throw new IllegalArgumentException("rollout group " + first.rolloutGroupId() + " has members " + indices
                    + "; allowed: each of 0 to " + (first.groupSize() - 1) + " once");
        }
        var ordered = new ArrayList<>(rollouts);
        ordered.sort(Comparator.comparingInt(rollout -> rollout.selfEdit().index()));
        this.rollouts = List.copyOf(ordered);
        this.meanReward = this.rollouts.stream()
                .map(rollout -> rollout.outcome().reward())
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .average();
        this.best = best(this.rollouts);
        this.noise = RewardNoise.of(this.rollouts.stream()
                .map(RolloutEnded::outcome)
                .filter(Outcome.Scored.class::isInstance)
                .map(scored -> ((Outcome.Scored) scored).accuracies())
                .toList());
    }

    private static Optional<RolloutEnded> best(List<RolloutEnded> ordered) {
        RolloutEnded best = null;
        for (var rollout : ordered) {
            if (rollout.outcome() instanceof Outcome.Scored && (best == null || rewardOf(rollout) > rewardOf(best))) {
                best = rollout;
            }
        }
        return Optional.ofNullable(best);
    }

    /** The member ReST-EM keeps. */
    public Optional<RolloutEnded> best() {
        return best;
    }

    /** One reward for each member, by index. */
    public List<RewardAssigned> rewards() {
        return rollouts.stream().map(this::reward).toList();
    }

    /** The group as one experience. */
    public RolloutGroupCompleted completed() {
        var first = rollouts.get(0);
        return new RolloutGroupCompleted(
                first.rolloutGroupId(),
                first.dataId(),
                first.mode(),
                first.lineage(),
                first.policyVersion(),
                first.weightsHash(),
                first.prompt(),
                rollouts.stream()
                        .map(rollout -> new GroupMember(
                                rollout.selfEdit(), rewardOf(rollout), advantageOf(rollout), isBest(rollout)))
                        .toList());
    }

    private RewardAssigned reward(RolloutEnded rollout) {
        Double reward = rewardOf(rollout);
        Double baseline = rollout.baselineAccuracy();
        Map<String, Double> components = reward == null
                ? Map.of()
                : baseline == null ? Map.of("accuracy", reward) : Map.of("accuracy", reward, "gain", reward - baseline);
        return new RewardAssigned(
                rollout.dataId(),
                rollout.rolloutGroupId(),
                rollout.selfEdit().selfEditId(),
                rollout.lineage(),
                rollout.policyVersion(),
                rollout.weightsHash(),
                endingOf(rollout.outcome()),
                rollout.outcome().reason(),
                reward,
                baseline,
                advantageOf(rollout),
                components,
                intervalOf(rollout),
                isBest(rollout),
                rollout.labelFree());
    }

    private RewardInterval intervalOf(RolloutEnded rollout) {
        if (noise.degreesOfFreedom() == 0 || !(rollout.outcome() instanceof Outcome.Scored scored)) {
            return null;
        }
        return RewardInterval.of(rewardOf(rollout), scored.repeats().size(), noise);
    }

    private boolean isBest(RolloutEnded rollout) {
        return best.isPresent() && best.get() == rollout;
    }

    private Double advantageOf(RolloutEnded rollout) {
        Double reward = rewardOf(rollout);
        return reward == null ? null : Double.valueOf(reward - meanReward.orElseThrow());
    }

    private static Double rewardOf(RolloutEnded rollout) {
        var reward = rollout.outcome().reward();
        return reward.isPresent() ? Double.valueOf(reward.getAsDouble()) : null;
    }

    private static RewardAssigned.Ending endingOf(Outcome outcome) {
        if (outcome instanceof Outcome.Scored) {
            return RewardAssigned.Ending.SCORED;
        }
        if (outcome instanceof Outcome.Invalid) {
            return RewardAssigned.Ending.INVALID;
        }
        return outcome instanceof Outcome.Failed ? RewardAssigned.Ending.FAILED : RewardAssigned.Ending.CANCELLED;
    }
}
