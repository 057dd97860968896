package dev.sealstream.checkpointgate;

import dev.sealstream.domain.Alarm;
import dev.sealstream.domain.Approval;
import dev.sealstream.domain.ApprovalGiven;
import dev.sealstream.domain.BenchmarkMeasured;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.Evidence;
import dev.sealstream.domain.Lineage;
import dev.sealstream.domain.PersonDecision;
import dev.sealstream.domain.RollbackOrdered;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The merge queue: decides on what was measured on the head. First the rule, then the guards, then, where one is asked for,
 * a person. A candidate that met a head which has moved since is measured again; nothing is released on trust.
 */
final class Gate {
    private final GateRules rules;
    private final GateMemory memory;
    private final GateListener listener;
    private final DecisionLog log = new DecisionLog();

    Gate(GateRules rules, GateMemory memory, GateListener listener) {
        this.rules = rules;
        this.memory = memory;
        this.listener = listener;
        memory.decisions().forEach(log::add);
    }

    GateOutcome onMeasurement(BenchmarkMeasured measured) {
        var candidate = measured.candidate();
        if (log.isDecided(candidate.candidateId())) {
            listener.repeatIgnored(candidate.candidateId());
            return GateOutcome.NOTHING;
        }
        var held = log.held(candidate.candidateId());
        if (held.isPresent() && held.get().headVersion() == measured.headVersion()) {
            listener.repeatIgnored(candidate.candidateId());
            return GateOutcome.NOTHING;
        }
        if (measured.headVersion() != headVersion(candidate.lineage())) {
            listener.measuredAgain(candidate);
            return GateOutcome.measureAgain(candidate);
        }
        return decided(measured, candidate);
    }

    private GateOutcome decided(BenchmarkMeasured measured, CandidateProposed candidate) {
        var word = memory.word(candidate.candidateId());
        if (word.isPresent() && !word.get().approved()) {
            var evidence = measured.failure() == null ? Evidence.of(measured) : null;
            return rejected(candidate, evidence, word.get());
        }
        if (measured.failure() == null) {
            requireHead(measured);
        }
        var judgement = rules.release().judge(measured, learnt(candidate.lineage()));
        if (!judgement.passed()) {
            return failed(measured, judgement.reason());
        }
        var evidence = Evidence.of(measured);
        var alarms = alarms(candidate, evidence);
        boolean forAPerson = rules.approval() == ApprovalPolicy.ALWAYS
                || (rules.approval() == ApprovalPolicy.ON_ALARM && !alarms.isEmpty());
        if (!alarms.isEmpty() && !forAPerson) {
            return rejected(candidate, evidence, inWords(alarms));
        }
        if (forAPerson && word.isEmpty()) {
            return held(candidate, measured.headVersion(), evidence, alarms);
        }
        return released(
                candidate,
                headVersion(candidate.lineage()),
                measured.parent().weightsHash(),
                evidence,
                word.map(Gate::approval).orElse(null),
                judgement.reason() + inSpiteOf(alarms));
    }

    /** A head of the same number on other weights is that of another base model: no measurement on it means anything here. */
    private void requireHead(BenchmarkMeasured measured) {
        log.lineage(measured.candidate().lineage()).ifPresent(lineage -> {
            if (!lineage.weightsHash().equals(measured.parent().weightsHash())) {
                throw new IllegalArgumentException("candidate "
                        + measured.candidate().candidateId()
                        + " was measured on version " + lineage.version() + " with weights hash "
                        + measured.parent().weightsHash() + ", the head has " + lineage.weightsHash()
                        + "; the evaluator must hold the base model that lineage " + lineage.name() + " began with");
            }
        });
        var candidate = measured.candidate();
        boolean first = log.lineage(candidate.lineage()).isEmpty();
        if (first && !candidate.parentWeightsHash().equals(measured.parent().weightsHash())) {
            throw new IllegalArgumentException("candidate " + candidate.candidateId()
                    + " says it was trained on weights hash " + candidate.parentWeightsHash() + ", but lineage "
                    + candidate.lineage() + " has only its base model with weights hash "
                    + measured.parent().weightsHash());
        }
        String expected = candidate.weightsHashOn(measured.parent().weightsHash());
        if (!measured.subject().weightsHash().equals(expected)) {
            throw new IllegalArgumentException(
                    "candidate " + candidate.candidateId() + " was measured with weights hash "
                            + measured.subject().weightsHash() + ", head and delta give " + expected);
        }
    }

    /** What fails on the head it was trained on has failed; on another one the lesson may be worth another try. */
    private GateOutcome failed(BenchmarkMeasured measured, String reason) {
        var candidate = measured.candidate();
        var evidence = measured.failure() == null ? Evidence.of(measured) : null;
        boolean headMoved = measured.failure() == null
                && !candidate.parentWeightsHash().equals(measured.parent().weightsHash());
        boolean again = headMoved && candidate.lesson() != null && log.failures(candidate) < rules.learnAgainMax();
        if (!again) {
            String moved = headMoved
                    ? "; it was trained on version " + candidate.parentVersion() + ", the head is version "
                            + measured.headVersion()
                    : "";
            return rejected(candidate, evidence, reason + moved);
        }
        listener.learntAgain(candidate);
        return rejected(
                        candidate,
                        evidence,
                        reason + "; it is learnt again on the head, which moved from version "
                                + candidate.parentVersion() + " to " + measured.headVersion())
                .learnAgain(LearnAgain.on(measured));
    }

    GateOutcome onPerson(PersonDecision decision) {
        return decision instanceof ApprovalGiven given ? onApproval(given) : onRollback((RollbackOrdered) decision);
    }

    private GateOutcome onApproval(ApprovalGiven given) {
        if (log.isDecided(given.candidateId())) {
            listener.repeatIgnored(given.candidateId());
            return GateOutcome.NOTHING;
        }
        var held = log.held(given.candidateId());
        if (held.isEmpty()) {
            memory.keepWord(given);
            return GateOutcome.NOTHING;
        }
        var waits = held.get();
        if (!given.approved()) {
            return rejected(waits.candidate(), waits.evidence(), given);
        }
        if (waits.headVersion() != headVersion(waits.lineage())) {
            memory.keepWord(given);
            listener.measuredAgain(waits.candidate());
            return GateOutcome.measureAgain(waits.candidate());
        }
        String head = log.lineage(waits.lineage())
                .map(Lineage::weightsHash)
                .orElse(waits.candidate().parentWeightsHash());
        return released(
                waits.candidate(),
                waits.headVersion(),
                head,
                waits.evidence(),
                approval(given),
                "agreed by " + given.by() + ": " + given.reason() + inSpiteOf(waits.alarms()));
    }

    private GateOutcome onRollback(RollbackOrdered order) {
        var lineage = log.lineage(order.lineage())
                .orElseThrow(() -> new IllegalArgumentException("lineage " + order.lineage()
                        + " has no release, so its head cannot be moved to version " + order.toVersion()));
        var decision = new CheckpointDecision.RolledBack(
                order.lineage(), order.toVersion(), lineage.weightsHash(order.toVersion()), order.by(), order.reason());
        return remembered(decision);
    }

    private List<Alarm> alarms(CandidateProposed candidate, Evidence evidence) {
        var alarms = new ArrayList<>(rules.weights().alarms(evidence, log.released(candidate)));
        if (candidate.kind() == CandidateProposed.Kind.POLICY) {
            alarms.addAll(rules.collapse().alarms(candidate, evidence, log.policy(candidate.lineage())));
        }
        alarms.forEach(alarm -> listener.alarmed(candidate, alarm));
        return alarms;
    }

    private Map<String, Double> learnt(String lineage) {
        return log.lineage(lineage).map(known -> known.learnt(known.version())).orElse(Map.of());
    }

    private long headVersion(String lineage) {
        return log.lineage(lineage).map(Lineage::version).orElse(0L);
    }

    private GateOutcome released(
            CandidateProposed candidate,
            long headVersion,
            String headHash,
            Evidence evidence,
            Approval approval,
            String reason) {
        long version =
                log.lineage(candidate.lineage()).map(Lineage::nextVersion).orElse(1L);
        return remembered(new CheckpointDecision.Released(
                candidate.lineage(),
                version,
                headVersion,
                headHash,
                candidate.weightsHashOn(headHash),
                candidate,
                evidence,
                approval,
                reason));
    }

    private GateOutcome held(CandidateProposed candidate, long headVersion, Evidence evidence, List<Alarm> alarms) {
        return remembered(new CheckpointDecision.Held(candidate.lineage(), candidate, headVersion, evidence, alarms));
    }

    private GateOutcome rejected(CandidateProposed candidate, Evidence evidence, String reason) {
        return remembered(new CheckpointDecision.Rejected(candidate.lineage(), candidate, evidence, null, reason));
    }

    private GateOutcome rejected(CandidateProposed candidate, Evidence evidence, ApprovalGiven refusal) {
        return remembered(new CheckpointDecision.Rejected(
                candidate.lineage(),
                candidate,
                evidence,
                approval(refusal),
                "refused by " + refusal.by() + ": " + refusal.reason()));
    }

    private GateOutcome remembered(CheckpointDecision decision) {
        memory.add(decision);
        log.add(decision);
        if (decision.candidate() != null && !(decision instanceof CheckpointDecision.Held)) {
            memory.forgetWord(decision.candidate().candidateId());
        }
        listener.decided(decision);
        return GateOutcome.decided(decision);
    }

    private static Approval approval(ApprovalGiven given) {
        return new Approval(given.by(), given.reason());
    }

    private static String inSpiteOf(List<Alarm> alarms) {
        return alarms.isEmpty() ? "" : "; in spite of: " + inWords(alarms);
    }

    private static String inWords(List<Alarm> alarms) {
        return alarms.stream().map(Alarm::finding).collect(Collectors.joining("; "));
    }
}
