package dev.sealstream.experiments.continual;

import dev.sealstream.devstack.events.RefusedRecord;
import dev.sealstream.devstack.events.UnreadableRecord;
import dev.sealstream.devstack.process.StackException;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.Evidence;
import dev.sealstream.domain.KnowledgeChange;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.Outcome;
import dev.sealstream.domain.RolloutEnded;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What the topics hold of the experiment: the only memory it has, read again from the beginning after every start.
 *
 * <p>Events may come in any order and twice. Not thread-safe.
 */
final class Ledger {
    private final Set<String> sent = new HashSet<>();
    private final Map<String, Step> steps = new HashMap<>();
    private final Map<String, Map<Integer, Boolean>> scored = new HashMap<>();

    /**
     * Takes note of an event. True if it was news.
     *
     * @throws StackException if it says that the experiment cannot be finished
     */
    boolean accept(Object event) {
        if (event instanceof NewData datum) {
            return sent.add(datum.dataId());
        } else if (event instanceof CheckpointDecision.Released released) {
            return note(released.candidate(), released.evidence(), true, released.reason());
        } else if (event instanceof CheckpointDecision.Rejected rejected) {
            return note(rejected.candidate(), rejected.evidence(), false, rejected.reason());
        } else if (event instanceof CheckpointDecision.Held held) {
            throw new StackException("the gate holds candidate "
                    + held.candidate().candidateId()
                    + " for a person; run with seal.checkpoint-gate.approval=NEVER");
        } else if (event instanceof RolloutEnded ended) {
            boolean hasScore = ended.outcome() instanceof Outcome.Scored;
            return scored.computeIfAbsent(ended.dataId(), id -> new HashMap<>())
                            .put(ended.selfEdit().index(), hasScore)
                    == null;
        } else if (event instanceof RefusedRecord record) {
            throw new StackException("a service refused record " + record.key() + " of "
                    + record.topic().name() + ": " + record.reason());
        } else if (event instanceof UnreadableRecord record) {
            throw new StackException("topic " + record.topic() + " holds a record that cannot be read (partition "
                    + record.partition() + ", offset " + record.offset() + "): " + record.reason());
        }
        return false;
    }

    private boolean note(CandidateProposed candidate, Evidence evidence, boolean released, String reason) {
        if (candidate.lesson() == null) {
            return false;
        }
        String dataId = candidate.lesson().dataId();
        Map<String, Double> accuracy =
                evidence == null ? Map.of() : by(evidence, released ? KnowledgeChange::after : KnowledgeChange::before);
        Double benchmark = released ? evidence.gain().mean() : null;
        double before =
                evidence == null ? 0 : by(evidence, KnowledgeChange::before).getOrDefault(dataId, 0.0);
        return steps.putIfAbsent(dataId, new Step(released, accuracy, benchmark, before, reason)) == null;
    }

    private static Map<String, Double> by(Evidence evidence, ToDoubleFunction<KnowledgeChange> side) {
        return evidence.knowledge().stream()
                .collect(Collectors.toMap(KnowledgeChange::dataId, side::applyAsDouble, (first, second) -> first));
    }

    boolean isSent(NewData datum) {
        return sent.contains(datum.dataId());
    }

    /** How learning a document ended; empty while it has not. */
    Optional<Step> step(NewData datum, int edits) {
        var step = Optional.ofNullable(steps.get(datum.dataId()));
        boolean nothingToLearn = step.isEmpty() && ended(datum) == edits && !anyScored(datum);
        return nothingToLearn ? Optional.of(new Step(false, Map.of(), null, 0, "no self-edit could be scored")) : step;
    }

    private int ended(NewData datum) {
        return scored.getOrDefault(datum.dataId(), Map.of()).size();
    }

    private boolean anyScored(NewData datum) {
        return scored.getOrDefault(datum.dataId(), Map.of()).containsValue(true);
    }
}
