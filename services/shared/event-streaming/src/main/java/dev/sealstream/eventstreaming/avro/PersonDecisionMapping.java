package dev.sealstream.eventstreaming.avro;

import dev.sealstream.domain.ApprovalGiven;
import dev.sealstream.domain.PersonDecision;
import dev.sealstream.domain.RollbackOrdered;
import dev.sealstream.events.PersonDecided;

/** {@code seal.approvals}: a wrapper with the lineage and a union of what people may decide. */
final class PersonDecisionMapping implements AvroMapping<PersonDecision, PersonDecided> {
    @Override
    public Class<PersonDecision> eventType() {
        return PersonDecision.class;
    }

    @Override
    public Class<PersonDecided> recordType() {
        return PersonDecided.class;
    }

    @Override
    public PersonDecided toAvro(PersonDecision decision) {
        return PersonDecided.newBuilder()
                .setLineage(decision.lineage())
                .setDecision(union(decision))
                .build();
    }

    @Override
    public PersonDecision toDomain(PersonDecided avro) {
        if (avro.getDecision() instanceof dev.sealstream.events.ApprovalGiven approval) {
            return new ApprovalGiven(
                    approval.getCandidateId(),
                    approval.getLineage(),
                    approval.getBy(),
                    approval.getApproved(),
                    approval.getReason());
        }
        if (avro.getDecision() instanceof dev.sealstream.events.RollbackOrdered rollback) {
            return new RollbackOrdered(
                    rollback.getLineage(), rollback.getToVersion(), rollback.getBy(), rollback.getReason());
        }
        throw new IllegalArgumentException("decision for lineage " + avro.getLineage() + " is " + avro.getDecision()
                + "; allowed: an approval or a roll-back");
    }

    private static Object union(PersonDecision decision) {
        if (decision instanceof ApprovalGiven approval) {
            return dev.sealstream.events.ApprovalGiven.newBuilder()
                    .setCandidateId(approval.candidateId())
                    .setLineage(approval.lineage())
                    .setBy(approval.by())
                    .setApproved(approval.approved())
                    .setReason(approval.reason())
                    .build();
        }
        var rollback = (RollbackOrdered) decision;
        return dev.sealstream.events.RollbackOrdered.newBuilder()
                .setLineage(rollback.lineage())
                .setToVersion(rollback.toVersion())
                .setBy(rollback.by())
                .setReason(rollback.reason())
                .build();
    }
}
