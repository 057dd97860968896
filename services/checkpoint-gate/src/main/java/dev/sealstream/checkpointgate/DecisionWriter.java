package dev.sealstream.checkpointgate;

import dev.sealstream.domain.Alarm;
import dev.sealstream.domain.Approval;
import dev.sealstream.domain.ApprovalGiven;
import dev.sealstream.domain.ArchiveSearch;
import dev.sealstream.domain.BenchmarkMeasured;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.Evidence;
import dev.sealstream.domain.Lineage;

import java.util.List;
import java.util.Optional;

/** Puts what the gate has decided into decisions, remembers them, and lets the search go on once a policy is decided. */
final class DecisionWriter {
    private final DecisionLog log;
    private final GateMemory memory;
    private final GateListener listener;
    private final Optional<ArchiveSearch> search;

    DecisionWriter(DecisionLog log, GateMemory memory, GateListener listener, Optional<ArchiveSearch> search) {
        this.log = log;
        this.memory = memory;
        this.listener = listener;
        this.search = search;
    }

    GateOutcome released(
            CandidateProposed candidate,
            long parentVersion,
            String parentHash,
            Evidence evidence,
            Approval approval,
            String reason) {
        return remembered(new CheckpointDecision.Released(
                candidate.lineage(),
                nextVersion(candidate.lineage()),
                parentVersion,
                parentHash,
                candidate.weightsHashOn(parentHash),
                candidate,
                evidence,
                approval,
                reason));
    }

    GateOutcome archived(BenchmarkMeasured measured, Evidence evidence, String reason) {
        var candidate = measured.candidate();
        String parentHash = log.hashOf(candidate, measured.onVersion());
        return remembered(new CheckpointDecision.Archived(
                candidate.lineage(),
                nextVersion(candidate.lineage()),
                measured.onVersion(),
                parentHash,
                candidate.weightsHashOn(parentHash),
                candidate,
                evidence,
                reason));
    }

    private long nextVersion(String lineage) {
        return log.lineage(lineage).map(Lineage::nextVersion).orElse(1L);
    }

    GateOutcome held(BenchmarkMeasured measured, Evidence evidence, List<Alarm> alarms) {
        return remembered(new CheckpointDecision.Held(
                measured.candidate().lineage(),
                measured.candidate(),
                measured.headVersion(),
                measured.onVersion(),
                evidence,
                alarms));
    }

    GateOutcome rejected(CandidateProposed candidate, Evidence evidence, String reason) {
        return remembered(new CheckpointDecision.Rejected(candidate.lineage(), candidate, evidence, null, reason));
    }

    GateOutcome rejected(CandidateProposed candidate, Evidence evidence, ApprovalGiven refusal) {
        return remembered(new CheckpointDecision.Rejected(
                candidate.lineage(),
                candidate,
                evidence,
                approval(refusal),
                "refused by " + refusal.by() + ": " + refusal.reason()));
    }

    private GateOutcome remembered(CheckpointDecision decision) {
        add(decision);
        var candidate = decision.candidate();
        if (candidate == null || decision instanceof CheckpointDecision.Held) {
            return GateOutcome.decided(List.of(decision));
        }
        memory.forgetWord(candidate.candidateId());
        var choice = candidate.kind() == CandidateProposed.Kind.POLICY ? choice(candidate) : null;
        if (choice == null) {
            return GateOutcome.decided(List.of(decision));
        }
        add(choice);
        return GateOutcome.decided(List.of(decision, choice));
    }

    /** Null where policy training follows the head, or there is only the base model to go on from. */
    private CheckpointDecision choice(CandidateProposed decided) {
        return search.flatMap(chooser ->
                        log.lineage(decided.lineage()).map(lineage -> chooser.choose(lineage, decided.candidateId())))
                .orElse(null);
    }

    private void add(CheckpointDecision decision) {
        memory.add(decision);
        log.add(decision);
        listener.decided(decision);
    }

    GateOutcome rolledBack(CheckpointDecision.RolledBack decision) {
        return remembered(decision);
    }

    static Approval approval(ApprovalGiven given) {
        return new Approval(given.by(), given.reason());
    }
}
