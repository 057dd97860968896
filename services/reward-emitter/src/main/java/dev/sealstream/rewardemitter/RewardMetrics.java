package dev.sealstream.rewardemitter;

import dev.sealstream.domain.RewardAssigned;
import io.micrometer.core.instrument.MeterRegistry;
import org.jboss.logging.Logger;

import java.util.List;
import java.util.Locale;

/** Counts what happens to outcomes, and logs what a person should know. */
final class RewardMetrics implements RewardListener {
    private static final Logger LOG = Logger.getLogger(RewardMetrics.class);

    private final MeterRegistry registry;

    RewardMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void groupCompleted(List<RewardAssigned> rewards) {
        registry.counter("seal.rollout.groups").increment();
        for (var reward : rewards) {
            registry.counter("seal.rewards", "ending", reward.ending().name().toLowerCase(Locale.ROOT))
                    .increment();
            if (reward.reward() != null) {
                registry.summary("seal.reward").record(reward.reward());
            }
        }
        LOG.debugf("rolloutGroupId=%s completed", rewards.get(0).rolloutGroupId());
    }

    @Override
    public void duplicateIgnored(String rolloutGroupId) {
        registry.counter("seal.outcomes.duplicates").increment();
        LOG.debugf("rolloutGroupId=%s duplicate outcome ignored", rolloutGroupId);
    }

    @Override
    public void deadLettered(String reason) {
        registry.counter("seal.outcomes.dead.letters").increment();
        LOG.warnf("outcome sent to the dead letters: %s", reason);
    }

    @Override
    public void groupExpired(String rolloutGroupId) {
        registry.counter("seal.rollout.groups.expired").increment();
        LOG.warnf("rolloutGroupId=%s never became complete and is given up; see the dead letters", rolloutGroupId);
    }
}
