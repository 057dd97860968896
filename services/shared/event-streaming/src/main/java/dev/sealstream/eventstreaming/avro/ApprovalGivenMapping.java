package dev.sealstream.eventstreaming.avro;

import dev.sealstream.domain.ApprovalGiven;

/** {@code seal.approvals}. */
final class ApprovalGivenMapping implements AvroMapping<ApprovalGiven, dev.sealstream.events.ApprovalGiven> {
    @Override
    public Class<ApprovalGiven> eventType() {
        return ApprovalGiven.class;
    }

    @Override
    public Class<dev.sealstream.events.ApprovalGiven> recordType() {
        return dev.sealstream.events.ApprovalGiven.class;
    }

    @Override
    public dev.sealstream.events.ApprovalGiven toAvro(ApprovalGiven approval) {
        return dev.sealstream.events.ApprovalGiven.newBuilder()
                .setCandidateId(approval.candidateId())
                .setLineage(approval.lineage())
                .setBy(approval.by())
                .setApproved(approval.approved())
                .setReason(approval.reason())
                .build();
    }

    @Override
    public ApprovalGiven toDomain(dev.sealstream.events.ApprovalGiven avro) {
        return new ApprovalGiven(
                avro.getCandidateId(), avro.getLineage(), avro.getBy(), avro.getApproved(), avro.getReason());
    }
}
