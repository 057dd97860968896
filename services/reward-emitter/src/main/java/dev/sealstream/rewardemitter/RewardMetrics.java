package dev.sealstream.rewardemitter;

import dev.sealstream.domain.RewardAssigned;
import dev.sealstream.eventstreaming.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import org.jboss.logging.Logger;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Counts what happens to outcomes, and logs what a person should know. */
final class RewardMetrics implements RewardListener {
    private static final Logger LOG = Logger.getLogger(RewardMetrics.class);

    private final MeterRegistry registry;

    /** Meters are there from the start, at zero: a first event shows as a rise. */
    RewardMetrics(MeterRegistry registry) {
        this.registry = registry;
        groups();
        Stream.of(RewardAssigned.Ending.values()).forEach(this::rewards);
        reward();
        spread();
        deadLetters();
        registry.counter("seal.outcomes.duplicates");
        registry.counter("seal.rollout.groups.expired");
    }

    @Override
    public void groupCompleted(List<RewardAssigned> rewards) {
        groups().increment();
        for (var reward : rewards) {
            rewards(reward.ending()).increment();
            if (reward.reward() != null) {
                reward().record(reward.reward());
            }
        }
        spread(rewards).ifPresent(spread()::record);
        LOG.debugf("rolloutGroupId=%s completed", rewards.get(0).rolloutGroupId());
    }

    @Override
    public void duplicateIgnored(String rolloutGroupId) {
        registry.counter("seal.outcomes.duplicates").increment();
        LOG.debugf("rolloutGroupId=%s duplicate outcome ignored", rolloutGroupId);
    }

    @Override
    public void deadLettered(String reason) {
        deadLetters().increment();
        LOG.warnf("outcome sent to the dead letters: %s", reason);
    }

    @Override
    public void groupExpired(String rolloutGroupId) {
        registry.counter("seal.rollout.groups.expired").increment();
        LOG.warnf("rolloutGroupId=%s never became complete and is given up; see the dead letters", rolloutGroupId);
    }

    /** Standard deviation of the group's rewards: without any there is nothing to learn from it. */
    private static OptionalDouble spread(List<RewardAssigned> rewards) {
        double[] advantages = rewards.stream()
                .filter(reward -> reward.advantage() != null)
                .mapToDouble(RewardAssigned::advantage)
                .toArray();
        return DoubleStream.of(advantages).map(advantage -> advantage * advantage).average().stream()
                .map(Math::sqrt)
                .findFirst();
    }

    private Counter groups() {
        return registry.counter("seal.rollout.groups");
    }

    private Counter rewards(RewardAssigned.Ending ending) {
        return registry.counter("seal.rewards", "ending", ending.name().toLowerCase(Locale.ROOT));
    }

    private DistributionSummary reward() {
        return registry.summary("seal.reward");
    }

    private DistributionSummary spread() {
        return registry.summary("seal.reward.spread");
    }

    private Counter deadLetters() {
        return registry.counter("seal.dead.letters", "stage", "reward-emitter", "topic", Topics.OUTCOMES.name());
    }
}
