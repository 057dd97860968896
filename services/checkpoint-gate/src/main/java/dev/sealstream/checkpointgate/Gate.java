package dev.sealstream.checkpointgate;

import dev.sealstream.domain.ApprovalGiven;
import dev.sealstream.domain.BenchmarkMeasured;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.DocumentScore;
import dev.sealstream.domain.ReleaseRule;

import java.util.Optional;

/** Decides on candidates: the rule first, then, where one is asked for, a person. */
final class Gate {
    private final ReleaseRule rule;
    private final Approval approval;
    private final GateMemory memory;
    private final GateListener listener;

    Gate(ReleaseRule rule, Approval approval, GateMemory memory, GateListener listener) {
        this.rule = rule;
        this.approval = approval;
        this.memory = memory;
        this.listener = listener;
    }

    /** Empty when the candidate was decided before or is held. */
    Optional<CheckpointDecision> onMeasurement(BenchmarkMeasured measured) {
        String candidateId = measured.candidate().candidateId();
        if (memory.isDecided(candidateId) || memory.held(candidateId).isPresent()) {
            listener.repeatIgnored(candidateId);
            return Optional.empty();
        }
        var decision = decide(measured);
        if (approval == Approval.NEVER || decision instanceof CheckpointDecision.Rejected) {
            return Optional.of(remembered(measured, decision));
        }
        var early = memory.earlyApproval(candidateId);
        if (early.isPresent()) {
            return Optional.of(remembered(measured, agreed(measured, early.get())));
        }
        memory.hold(measured);
        listener.held(measured.candidate());
        return Optional.empty();
    }

    /** Empty when the candidate was decided before, is not measured yet, or needs nobody's approval. */
    Optional<CheckpointDecision> onApproval(ApprovalGiven given) {
        if (memory.isDecided(given.candidateId())) {
            listener.repeatIgnored(given.candidateId());
            return Optional.empty();
        }
        var held = memory.held(given.candidateId());
        if (held.isPresent()) {
            return Optional.of(remembered(held.get(), agreed(held.get(), given)));
        }
        if (approval == Approval.ALWAYS) {
            memory.keepEarly(given);
        }
        return Optional.empty();
    }

    /** The rule once more: the head may have moved while the candidate was held. */
    private CheckpointDecision agreed(BenchmarkMeasured measured, ApprovalGiven given) {
        if (given.approved()) {
            return decide(measured);
        }
        var gain = measured.subject().minus(DocumentScore::selfEdits, measured.parent(), DocumentScore::selfEdits);
        return new CheckpointDecision.Rejected(
                measured.candidate().lineage(),
                measured.candidate(),
                measured.parent().selfEdits(),
                measured.subject().selfEdits(),
                gain,
                "refused by " + given.by() + ": " + given.reason());
    }

    private CheckpointDecision decide(BenchmarkMeasured measured) {
        var head = memory.head(measured.candidate().lineage());
        return rule.decide(
                measured,
                head.map(CheckpointDecision.Released::version).orElse(0L),
                head.map(CheckpointDecision.Released::weightsHash).orElse(null));
    }

    private CheckpointDecision remembered(BenchmarkMeasured measured, CheckpointDecision decision) {
        memory.decided(measured.candidate().candidateId(), decision);
        listener.decided(decision);
        return decision;
    }
}
