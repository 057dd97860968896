package dev.sealstream.checkpointgate;

import dev.sealstream.domain.Alarm;
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
import java.util.Set;
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
    private final DecisionWriter write;

    Gate(GateRules rules, GateMemory memory, GateListener listener) {
        this.rules = rules;
        this.memory = memory;
        this.listener = listener;
        this.write = new DecisionWriter(log, memory, listener, rules.search());
        memory.decisions().forEach(log::add);
    }

    /** All that have a decision. */
    Set<String> lineages() {
        return log.names();
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
            return write.rejected(candidate, evidence, word.get());
        }
        if (measured.failure() == null) {
            MeasurementCheck.require(measured, log);
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
            return write.rejected(candidate, evidence, inWords(alarms));
        }
        if (forAPerson && word.isEmpty()) {
            return write.held(measured, evidence, alarms);
        }
        return write.released(
                candidate,
                measured.onVersion(),
                log.hashOf(candidate, measured.onVersion()),
                evidence,
                word.map(DecisionWriter::approval).orElse(null),
                judgement.reason() + inSpiteOf(alarms));
    }

    /** What fails on the head it was trained on has failed; on another one the lesson may be worth another try. */
    private GateOutcome failed(BenchmarkMeasured measured, String reason) {
        var candidate = measured.candidate();
        var evidence = measured.failure() == null ? Evidence.of(measured) : null;
        boolean headMoved = measured.failure() == null
                && measured.onVersion() == measured.headVersion()
                && !candidate.parentWeightsHash().equals(measured.parent().weightsHash());
        boolean again = headMoved && candidate.lesson() != null && log.failures(candidate) < rules.learnAgainMax();
        if (!again && stays(candidate, evidence)) {
            return write.archived(measured, evidence, reason);
        }
        if (!again) {
            String moved = headMoved
                    ? "; it was trained on version " + candidate.parentVersion() + ", the head is version "
                            + measured.headVersion()
                    : "";
            return write.rejected(candidate, evidence, reason + moved);
        }
        listener.learntAgain(candidate);
        return write.rejected(
                        candidate,
                        evidence,
                        reason + "; it is learnt again on the head, which moved from version "
                                + candidate.parentVersion() + " to " + measured.headVersion())
                .learnAgain(LearnAgain.on(measured));
    }

    /** What is no gain may lead to one, but not what a guard objects to. */
    private boolean stays(CandidateProposed candidate, Evidence evidence) {
        return rules.search().isPresent()
                && candidate.kind() == CandidateProposed.Kind.POLICY
                && evidence != null
                && alarms(candidate, evidence).isEmpty();
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
            return write.rejected(waits.candidate(), waits.evidence(), given);
        }
        if (waits.headVersion() != headVersion(waits.lineage())) {
            memory.keepWord(given);
            listener.measuredAgain(waits.candidate());
            return GateOutcome.measureAgain(waits.candidate());
        }
        return write.released(
                waits.candidate(),
                waits.onVersion(),
                log.hashOf(waits.candidate(), waits.onVersion()),
                waits.evidence(),
                DecisionWriter.approval(given),
                "agreed by " + given.by() + ": " + given.reason() + inSpiteOf(waits.alarms()));
    }

    private GateOutcome onRollback(RollbackOrdered order) {
        var lineage = log.lineage(order.lineage())
                .orElseThrow(() -> new IllegalArgumentException("lineage " + order.lineage()
                        + " has no release, so its head cannot be moved to version " + order.toVersion()));
        var decision = new CheckpointDecision.RolledBack(
                order.lineage(), order.toVersion(), lineage.weightsHash(order.toVersion()), order.by(), order.reason());
        return write.rolledBack(decision);
    }

    private List<Alarm> alarms(CandidateProposed candidate, Evidence evidence) {
        var alarms = new ArrayList<>(rules.weights().alarms(evidence, log.released(candidate)));
        if (candidate.kind() == CandidateProposed.Kind.POLICY) {
            alarms.addAll(rules.collapse().alarms(candidate, evidence, history(candidate)));
        }
        alarms.forEach(alarm -> listener.alarmed(candidate, alarm));
        return alarms;
    }

    /** A branch of the archive is followed along its own versions: what others came to says nothing of it. */
    private List<? extends CheckpointDecision> history(CandidateProposed candidate) {
        return rules.search().isPresent() ? log.policyChain(candidate) : log.policy(candidate.lineage());
    }

    private Map<String, Double> learnt(String lineage) {
        return log.lineage(lineage).map(known -> known.learnt(known.version())).orElse(Map.of());
    }

    private long headVersion(String lineage) {
        return log.lineage(lineage).map(Lineage::version).orElse(0L);
    }

    private static String inSpiteOf(List<Alarm> alarms) {
        return alarms.isEmpty() ? "" : "; in spite of: " + inWords(alarms);
    }

    private static String inWords(List<Alarm> alarms) {
        return alarms.stream().map(Alarm::finding).collect(Collectors.joining("; "));
    }
}
