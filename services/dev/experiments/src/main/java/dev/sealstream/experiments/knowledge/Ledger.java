package dev.sealstream.experiments.knowledge;

import dev.sealstream.devstack.demo.RoundProgress;
import dev.sealstream.devstack.events.RefusedRecord;
import dev.sealstream.devstack.events.UnreadableRecord;
import dev.sealstream.devstack.process.StackException;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.GradedAnswer;
import dev.sealstream.domain.Ids;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.Outcome;
import dev.sealstream.domain.RolloutEnded;
import dev.sealstream.domain.SelfEditsProposed;
import dev.sealstream.eventstreaming.Topics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the topics hold of the experiment: the only memory it has, read again from the beginning after every start.
 *
 * <p>Events may come in any order and twice. Not thread-safe.
 */
final class Ledger {
    private final Set<String> heldOut;
    private final Map<String, Set<String>> sent = new HashMap<>();
    private final Map<String, SelfEditsProposed> proposals = new HashMap<>();
    private final Map<String, Map<Integer, Rollout>> rollouts = new HashMap<>();
    private final Map<String, String> refused = new TreeMap<>();
    private final List<RoundProgress> rounds = new ArrayList<>();
    private final Map<String, List<Double>> corpusScores = new HashMap<>();
    private final Map<Long, String> weights = new TreeMap<>();

    Ledger(ExperimentDocuments documents) {
        heldOut = ids(documents.heldOut());
        for (int round = 0; round < documents.rounds().size(); round++) {
            rounds.add(new RoundProgress(round + 1, ids(documents.rounds().get(round))));
        }
    }

    private static Set<String> ids(List<NewData> documents) {
        return documents.stream().map(NewData::dataId).collect(Collectors.toSet());
    }

    /**
     * Takes note of an event. True if it was news.
     *
     * @throws StackException if it says that the experiment cannot be finished
     */
    boolean accept(Object event) {
        if (event instanceof NewData datum) {
            return sent.computeIfAbsent(datum.source(), step -> new HashSet<>()).add(datum.dataId());
        }
        if (event instanceof SelfEditsProposed proposed
                && isMeasured(proposed.datum().dataId())) {
            return proposals.put(proposed.rolloutGroupId(), proposed) == null;
        }
        if (event instanceof RefusedRecord record) {
            return refuse(record);
        }
        if (event instanceof UnreadableRecord record) {
            throw new StackException("topic " + record.topic() + " holds a record that cannot be read (partition "
                    + record.partition() + ", offset " + record.offset() + "): " + record.reason());
        }
        if (event instanceof CheckpointDecision.Released released) {
            weights.put(released.version(), released.weightsHash());
        }
        boolean news = event instanceof RolloutEnded ended && note(ended);
        for (var round : rounds) {
            news |= round.accept(event);
        }
        return news;
    }

    private boolean isMeasured(String dataId) {
        return heldOut.contains(dataId) || dataId.equals(Corpus.DATA_ID);
    }

    private boolean note(RolloutEnded ended) {
        if (ended.dataId().equals(Corpus.DATA_ID) && ended.outcome() instanceof Outcome.Scored scored) {
            corpusScores.put(
                    ended.rolloutGroupId(),
                    scored.repeats().get(0).answers().stream()
                            .map(GradedAnswer::score)
                            .toList());
        }
        return rollouts.computeIfAbsent(ended.rolloutGroupId(), group -> new TreeMap<>())
                        .putIfAbsent(ended.selfEdit().index(), Rollout.of(ended, KnowledgeSettings.BASE_REPEATS))
                == null;
    }

    /** A held-out document that no service can work on is left out; anything else would be waited for in vain. */
    private boolean refuse(RefusedRecord record) {
        if (record.topic() == Topics.NEW_DATA && heldOut.contains(record.key())) {
            return refused.put(record.key(), record.reason()) == null;
        }
        throw new StackException("a service refused record " + record.key() + " of "
                + record.topic().name() + ": " + record.reason());
    }

    boolean isSent(String step, String dataId) {
        return sent.getOrDefault(step, Set.of()).contains(dataId);
    }

    /** Whether the group of a held-out document has been written, or never will be. */
    boolean isProposed(String dataId, long version) {
        return refused.containsKey(dataId) || proposals.containsKey(Ids.rolloutGroup(dataId, version));
    }

    Optional<SelfEditsProposed> proposal(String groupId) {
        return Optional.ofNullable(proposals.get(groupId));
    }

    /** Held-out documents that were refused, with the reason. */
    Map<String, String> refused() {
        return Map.copyOf(refused);
    }

    boolean isRefused(String dataId) {
        return refused.containsKey(dataId);
    }

    /** The rollouts of a group that have ended, by index. */
    List<Rollout> rollouts(String groupId) {
        return rollouts.getOrDefault(groupId, Map.of()).values().stream()
                .sorted(Comparator.comparingInt(Rollout::index))
                .toList();
    }

    /** The groups of a document on whatever version, by group id. */
    List<List<Rollout>> groupsOf(String dataId) {
        return rollouts.keySet().stream()
                .filter(groupId -> groupId.startsWith(dataId + "@"))
                .sorted()
                .map(this::rollouts)
                .toList();
    }

    /** The score of every question of the corpus, in order; empty when the group was not scored. */
    List<Double> corpusScores(String groupId) {
        return corpusScores.getOrDefault(groupId, List.of());
    }

    RoundProgress round(int number) {
        return rounds.get(number - 1);
    }

    /** The version in force after a round that has been decided; 0 is the base, round 0 its round. */
    long versionAfter(int round) {
        for (int number = round; number >= 1; number--) {
            if (round(number).report(0).decision() instanceof CheckpointDecision.Released released) {
                return released.version();
            }
        }
        return 0;
    }

    /** Weights hash by version, as far as known. */
    Map<Long, String> weights() {
        var known = new TreeMap<>(weights);
        proposals.values().stream()
                .filter(proposed -> proposed.policyVersion() == 0)
                .findFirst()
                .ifPresent(proposed -> known.put(0L, proposed.weightsHash()));
        return known;
    }
}
