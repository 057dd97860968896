package dev.sealstream.eventstreaming.avro;

import dev.sealstream.domain.Alarm;
import dev.sealstream.domain.Approval;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.events.CheckpointArchived;
import dev.sealstream.events.CheckpointDecided;
import dev.sealstream.events.CheckpointHeld;
import dev.sealstream.events.CheckpointParentChosen;
import dev.sealstream.events.CheckpointRejected;
import dev.sealstream.events.CheckpointReleased;
import dev.sealstream.events.CheckpointRolledBack;
import dev.sealstream.events.GuardKind;

/** {@code seal.checkpoints}: a wrapper with the lineage and a union of the decisions. */
final class CheckpointDecisionMapping implements AvroMapping<CheckpointDecision, CheckpointDecided> {
    @Override
    public Class<CheckpointDecision> eventType() {
        return CheckpointDecision.class;
    }

    @Override
    public Class<CheckpointDecided> recordType() {
        return CheckpointDecided.class;
    }

    @Override
    public CheckpointDecided toAvro(CheckpointDecision decision) {
        return CheckpointDecided.newBuilder()
                .setLineage(decision.lineage())
                .setDecision(union(decision))
                .build();
    }

    @Override
    public CheckpointDecision toDomain(CheckpointDecided avro) {
        var decision = avro.getDecision();
        if (decision instanceof CheckpointReleased released) {
            return released(avro.getLineage(), released);
        }
        if (decision instanceof CheckpointRejected rejected) {
            return rejected(avro.getLineage(), rejected);
        }
        if (decision instanceof CheckpointHeld held) {
            return held(avro.getLineage(), held);
        }
        if (decision instanceof CheckpointRolledBack rolledBack) {
            return rolledBack(avro.getLineage(), rolledBack);
        }
        if (decision instanceof CheckpointArchived archived) {
            return archived(avro.getLineage(), archived);
        }
        if (decision instanceof CheckpointParentChosen choice) {
            return new CheckpointDecision.ParentChosen(
                    avro.getLineage(), choice.getVersion(), choice.getWeightsHash(), choice.getProbability());
        }
        throw new IllegalArgumentException("decision of lineage " + avro.getLineage() + " is " + decision
                + "; allowed: released, archived, rejected, held, rolled back, parent chosen");
    }

    private static Object union(CheckpointDecision decision) {
        if (decision instanceof CheckpointDecision.Released released) {
            return CheckpointReleased.newBuilder()
                    .setVersion(released.version())
                    .setParentVersion(released.parentVersion())
                    .setParentWeightsHash(released.parentWeightsHash())
                    .setWeightsHash(released.weightsHash())
                    .setCandidate(CandidateProposedMapping.avro(released.candidate()))
                    .setEvidence(EvidenceFields.avro(released.evidence()))
                    .setApproval(avro(released.approval()))
                    .setReason(released.reason())
                    .build();
        }
        if (decision instanceof CheckpointDecision.Rejected rejected) {
            return CheckpointRejected.newBuilder()
                    .setCandidate(CandidateProposedMapping.avro(rejected.candidate()))
                    .setEvidence(EvidenceFields.avro(rejected.evidence()))
                    .setRefusal(avro(rejected.refusal()))
                    .setReason(rejected.reason())
                    .build();
        }
        if (decision instanceof CheckpointDecision.Held held) {
            return CheckpointHeld.newBuilder()
                    .setCandidate(CandidateProposedMapping.avro(held.candidate()))
                    .setHeadVersion(held.headVersion())
                    .setOnVersion(held.onVersion())
                    .setEvidence(EvidenceFields.avro(held.evidence()))
                    .setAlarms(held.alarms().stream()
                            .map(alarm -> dev.sealstream.events.Alarm.newBuilder()
                                    .setGuard(GuardKind.valueOf(alarm.guard().name()))
                                    .setFinding(alarm.finding())
                                    .build())
                            .toList())
                    .build();
        }
        if (decision instanceof CheckpointDecision.Archived archived) {
            return CheckpointArchived.newBuilder()
                    .setVersion(archived.version())
                    .setParentVersion(archived.parentVersion())
                    .setParentWeightsHash(archived.parentWeightsHash())
                    .setWeightsHash(archived.weightsHash())
                    .setCandidate(CandidateProposedMapping.avro(archived.candidate()))
                    .setEvidence(EvidenceFields.avro(archived.evidence()))
                    .setReason(archived.reason())
                    .build();
        }
        if (decision instanceof CheckpointDecision.ParentChosen choice) {
            return new CheckpointParentChosen(choice.version(), choice.weightsHash(), choice.probability());
        }
        var rolledBack = (CheckpointDecision.RolledBack) decision;
        return CheckpointRolledBack.newBuilder()
                .setToVersion(rolledBack.toVersion())
                .setWeightsHash(rolledBack.weightsHash())
                .setBy(rolledBack.by())
                .setReason(rolledBack.reason())
                .build();
    }

    private static CheckpointDecision released(String lineage, CheckpointReleased avro) {
        return new CheckpointDecision.Released(
                lineage,
                avro.getVersion(),
                avro.getParentVersion(),
                avro.getParentWeightsHash(),
                avro.getWeightsHash(),
                CandidateProposedMapping.domain(avro.getCandidate()),
                EvidenceFields.domain(avro.getEvidence()),
                domain(avro.getApproval()),
                avro.getReason());
    }

    private static CheckpointDecision archived(String lineage, CheckpointArchived avro) {
        return new CheckpointDecision.Archived(
                lineage,
                avro.getVersion(),
                avro.getParentVersion(),
                avro.getParentWeightsHash(),
                avro.getWeightsHash(),
                CandidateProposedMapping.domain(avro.getCandidate()),
                EvidenceFields.domain(avro.getEvidence()),
                avro.getReason());
    }

    private static CheckpointDecision rejected(String lineage, CheckpointRejected avro) {
        return new CheckpointDecision.Rejected(
                lineage,
                CandidateProposedMapping.domain(avro.getCandidate()),
                EvidenceFields.domain(avro.getEvidence()),
                domain(avro.getRefusal()),
                avro.getReason());
    }

    private static CheckpointDecision held(String lineage, CheckpointHeld avro) {
        return new CheckpointDecision.Held(
                lineage,
                CandidateProposedMapping.domain(avro.getCandidate()),
                avro.getHeadVersion(),
                avro.getOnVersion(),
                EvidenceFields.domain(avro.getEvidence()),
                avro.getAlarms().stream()
                        .map(alarm ->
                                new Alarm(Alarm.Guard.valueOf(alarm.getGuard().name()), alarm.getFinding()))
                        .toList());
    }

    private static dev.sealstream.events.Approval avro(Approval approval) {
        return approval == null ? null : new dev.sealstream.events.Approval(approval.by(), approval.reason());
    }

    private static Approval domain(dev.sealstream.events.Approval avro) {
        return avro == null ? null : new Approval(avro.getBy(), avro.getReason());
    }

    private static CheckpointDecision rolledBack(String lineage, CheckpointRolledBack avro) {
        return new CheckpointDecision.RolledBack(
                lineage, avro.getToVersion(), avro.getWeightsHash(), avro.getBy(), avro.getReason());
    }
}
