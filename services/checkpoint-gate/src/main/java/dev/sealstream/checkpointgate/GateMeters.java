package dev.sealstream.checkpointgate;

import dev.sealstream.domain.Alarm;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.Evidence;
import dev.sealstream.eventstreaming.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;

import java.util.List;
import java.util.Locale;

/** The gate's meters, there from the start at zero: a first event shows as a rise. */
final class GateMeters {
    static final String HELD = "seal.candidates.held";
    static final String ROLLED_BACK = "seal.checkpoints.rolled.back";
    static final String MEASURED_AGAIN = "seal.candidates.measured.again";
    static final String LEARNT_AGAIN = "seal.candidates.learnt.again";
    static final String REPEATS = "seal.candidates.repeats";

    private static final String RELEASED = "seal.checkpoints.released";
    private static final String ARCHIVED = "seal.checkpoints.archived";
    private static final String REJECTED = "seal.checkpoints.rejected";

    /** Why a candidate was rejected, in kinds few enough for a label; the lineage has it in words. */
    private enum Reason {
        UNMEASURED,
        PERSON,
        GUARD,
        RULE
    }

    private final MeterRegistry registry;
    private String lastAlarmed = "";

    GateMeters(MeterRegistry registry) {
        this.registry = registry;
        List.of(HELD, ROLLED_BACK, MEASURED_AGAIN, LEARNT_AGAIN, REPEATS).forEach(registry::counter);
        for (var kind : CandidateProposed.Kind.values()) {
            ofKind(RELEASED, kind);
            ofKind(ARCHIVED, kind);
            for (var reason : Reason.values()) {
                rejected(kind, reason);
            }
        }
        for (var guard : Alarm.Guard.values()) {
            alarms(guard);
        }
        divergence();
        deadLetters(Topics.BENCHMARKS.name());
        deadLetters(Topics.APPROVALS.name());
    }

    void count(String name) {
        registry.counter(name).increment();
    }

    void released(CandidateProposed candidate, Evidence evidence) {
        ofKind(RELEASED, candidate.kind()).increment();
        divergence().record(evidence.divergence());
    }

    void archived(CandidateProposed candidate, Evidence evidence) {
        ofKind(ARCHIVED, candidate.kind()).increment();
        divergence().record(evidence.divergence());
    }

    void rejected(CheckpointDecision.Rejected rejected) {
        rejected(rejected.candidate().kind(), reason(rejected)).increment();
        if (rejected.evidence() != null) {
            divergence().record(rejected.evidence().divergence());
        }
    }

    void alarmed(CandidateProposed candidate, Alarm alarm) {
        lastAlarmed = candidate.candidateId();
        alarms(alarm.guard()).increment();
    }

    void deadLettered(String topic) {
        deadLetters(topic).increment();
    }

    /** Alarms come right before the decision on their candidate. */
    private Reason reason(CheckpointDecision.Rejected rejected) {
        if (rejected.refusal() != null) {
            return Reason.PERSON;
        }
        if (rejected.evidence() == null) {
            return Reason.UNMEASURED;
        }
        return rejected.candidate().candidateId().equals(lastAlarmed) ? Reason.GUARD : Reason.RULE;
    }

    private Counter ofKind(String name, CandidateProposed.Kind kind) {
        return registry.counter(name, "kind", label(kind));
    }

    private Counter rejected(CandidateProposed.Kind kind, Reason reason) {
        return registry.counter(REJECTED, "kind", label(kind), "reason", label(reason));
    }

    private Counter alarms(Alarm.Guard guard) {
        return registry.counter("seal.guard.alarms", "guard", label(guard));
    }

    /** Kullback-Leibler divergence of what a candidate says from what the head says, nats a token. */
    private DistributionSummary divergence() {
        return DistributionSummary.builder("seal.candidate.divergence")
                .baseUnit("nats")
                .register(registry);
    }

    private Counter deadLetters(String topic) {
        return registry.counter("seal.dead.letters", "stage", "checkpoint-gate", "topic", topic);
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
