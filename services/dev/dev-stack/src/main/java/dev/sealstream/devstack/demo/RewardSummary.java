package dev.sealstream.devstack.demo;

import dev.sealstream.domain.Estimate;
import dev.sealstream.domain.RewardAssigned;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Rewards of a round.
 *
 * @param all mean over the rollouts that earned a reward; empty while there is none
 * @param selected mean over those that ReST-EM keeps
 * @param endings how many rollouts ended how
 */
public record RewardSummary(
        Optional<Estimate> all, Optional<Estimate> selected, Map<RewardAssigned.Ending, Long> endings) {

    public RewardSummary {
        endings = Collections.unmodifiableMap(new TreeMap<>(endings));
    }

    static RewardSummary of(Collection<RewardAssigned> rewards) {
        Map<RewardAssigned.Ending, Long> endings = new TreeMap<>();
        rewards.forEach(reward -> endings.merge(reward.ending(), 1L, Long::sum));
        return new RewardSummary(mean(rewards, reward -> true), mean(rewards, RewardAssigned::selected), endings);
    }

    private static Optional<Estimate> mean(Collection<RewardAssigned> rewards, Predicate<RewardAssigned> which) {
        double[] values = rewards.stream()
                .filter(reward -> reward.reward() != null)
                .filter(which)
                .mapToDouble(RewardAssigned::reward)
                .toArray();
        return values.length == 0 ? Optional.empty() : Optional.of(Estimate.of(values));
    }
}
