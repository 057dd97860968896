package dev.sealstream.checkpointgate;

import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.SelfEditsProposed;

import java.util.List;

/**
 * What follows from one input of the gate.
 *
 * @param decisions for the checkpoint log
 * @param measureAgain candidates that were measured on a head that has moved
 * @param learnAgain self-edits whose delta did not add up with the moved head, to be learnt on it
 */
record GateOutcome(
        List<CheckpointDecision> decisions, List<CandidateProposed> measureAgain, List<SelfEditsProposed> learnAgain) {
    static final GateOutcome NOTHING = new GateOutcome(List.of(), List.of(), List.of());

    static GateOutcome decided(List<CheckpointDecision> decisions) {
        return new GateOutcome(decisions, List.of(), List.of());
    }

    static GateOutcome measureAgain(CandidateProposed candidate) {
        return new GateOutcome(List.of(), List.of(candidate), List.of());
    }

    GateOutcome learnAgain(SelfEditsProposed group) {
        return new GateOutcome(decisions, measureAgain, List.of(group));
    }
}
