package dev.sealstream.devstack.demo;

import dev.sealstream.domain.BenchmarkMeasured;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.RewardAssigned;
import dev.sealstream.domain.RolloutEnded;
import dev.sealstream.domain.RolloutGroupCompleted;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How far one round is, from the events seen so far.
 *
 * <p>Events of different topics arrive in any order and may arrive twice; each says by itself which documents it belongs
 * to, so neither matters. Not thread-safe.
 */
public final class RoundProgress {
    private final int number;
    private final Set<String> documents;
    private final Set<String> ended = new HashSet<>();
    private final Set<String> groups = new HashSet<>();
    private final Map<String, RewardAssigned> rewards = new HashMap<>();
    private int groupSize;
    private CandidateProposed candidate;
    private BenchmarkMeasured measured;
    private CheckpointDecision decision;

    /** @param documents ids of the round's training documents */
    public RoundProgress(int number, Set<String> documents) {
        this.number = number;
        this.documents = Set.copyOf(documents);
    }

    /** Takes note of an event; events of other documents are ignored. True if it belonged to this round. */
    public boolean accept(Object event) {
        if (event instanceof RolloutEnded rollout && documents.contains(rollout.dataId())) {
            groupSize = rollout.groupSize();
            return ended.add(rollout.selfEdit().selfEditId());
        }
        if (event instanceof RewardAssigned reward && documents.contains(reward.dataId())) {
            return rewards.put(reward.selfEditId(), reward) == null;
        }
        if (event instanceof RolloutGroupCompleted group && documents.contains(group.dataId())) {
            return groups.add(group.rolloutGroupId());
        }
        return acceptCandidate(event);
    }

    private boolean acceptCandidate(Object event) {
        if (event instanceof CandidateProposed proposed && isOurs(proposed)) {
            candidate = proposed;
            return true;
        }
        if (event instanceof BenchmarkMeasured benchmark && isOurs(benchmark.candidate())) {
            candidate = benchmark.candidate();
            measured = benchmark;
            return true;
        }
        if (event instanceof CheckpointDecision made && made.candidate() != null && isOurs(made.candidate())) {
            decision = made;
            return true;
        }
        return false;
    }

    private boolean isOurs(CandidateProposed proposed) {
        return proposed.rolloutGroupIds().stream()
                .map(RoundProgress::documentOf)
                .anyMatch(documents::contains);
    }

    /** A group's id is its document's, an @ and the policy version. */
    private static String documentOf(String rolloutGroupId) {
        int at = rolloutGroupId.lastIndexOf('@');
        return at < 0 ? rolloutGroupId : rolloutGroupId.substring(0, at);
    }

    public int number() {
        return number;
    }

    public RoundPhase phase() {
        if (decision != null && measured != null) {
            return RoundPhase.DECIDED;
        }
        if (measured != null) {
            return RoundPhase.DECIDING;
        }
        if (candidate != null || decision != null) {
            return RoundPhase.MEASURING;
        }
        if (groups.size() >= documents.size()) {
            return RoundPhase.TRAINING;
        }
        return ended.isEmpty() ? RoundPhase.PROPOSING : RoundPhase.ROLLOUTS;
    }

    public int rolloutsEnded() {
        return ended.size();
    }

    /** Rollouts of the round, or 0 while no event has told the size of a group. */
    public int rolloutsExpected() {
        return documents.size() * groupSize;
    }

    public RewardSummary rewards() {
        return RewardSummary.of(rewards.values());
    }

    /** The rewards themselves, in no order. */
    public List<RewardAssigned> rewardsAssigned() {
        return List.copyOf(rewards.values());
    }

    /** Whether every group of the round has ended and none had a self-edit to learn from, so that no candidate follows. */
    public boolean hasNothingToLearnFrom() {
        return groups.size() >= documents.size()
                && rewards.size() >= rolloutsExpected()
                && rewards.values().stream().noneMatch(RewardAssigned::selected);
    }

    public CandidateProposed candidate() {
        return candidate;
    }

    public RoundReport report(double seconds) {
        return new RoundReport(number, documents.size(), rewards(), measured, decision, seconds);
    }
}
