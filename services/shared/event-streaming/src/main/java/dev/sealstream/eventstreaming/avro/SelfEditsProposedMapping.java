package dev.sealstream.eventstreaming.avro;

import dev.sealstream.domain.SelfEditsProposed;
import dev.sealstream.domain.UpdateKind;

/** {@code seal.self-edits}. */
final class SelfEditsProposedMapping
        implements AvroMapping<SelfEditsProposed, dev.sealstream.events.SelfEditsProposed> {
    @Override
    public Class<SelfEditsProposed> eventType() {
        return SelfEditsProposed.class;
    }

    @Override
    public Class<dev.sealstream.events.SelfEditsProposed> recordType() {
        return dev.sealstream.events.SelfEditsProposed.class;
    }

    @Override
    public dev.sealstream.events.SelfEditsProposed toAvro(SelfEditsProposed group) {
        return avro(group);
    }

    @Override
    public SelfEditsProposed toDomain(dev.sealstream.events.SelfEditsProposed avro) {
        return domain(avro);
    }

    static dev.sealstream.events.SelfEditsProposed avro(SelfEditsProposed group) {
        return dev.sealstream.events.SelfEditsProposed.newBuilder()
                .setRolloutGroupId(group.rolloutGroupId())
                .setDatum(NewDataMapping.avro(group.datum()))
                .setPolicyVersion(group.policyVersion())
                .setWeightsHash(group.weightsHash())
                .setPrompt(group.prompt())
                .setSelfEdits(
                        group.selfEdits().stream().map(SelfEditFields::avro).toList())
                .setUpdateKind(dev.sealstream.events.UpdateKind.valueOf(
                        group.updateKind().name()))
                .build();
    }

    static SelfEditsProposed domain(dev.sealstream.events.SelfEditsProposed avro) {
        return new SelfEditsProposed(
                avro.getRolloutGroupId(),
                NewDataMapping.domain(avro.getDatum()),
                avro.getPolicyVersion(),
                avro.getWeightsHash(),
                avro.getPrompt(),
                avro.getSelfEdits().stream().map(SelfEditFields::domain).toList(),
                UpdateKind.valueOf(avro.getUpdateKind().name()));
    }
}
