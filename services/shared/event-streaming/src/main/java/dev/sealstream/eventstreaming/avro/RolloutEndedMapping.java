package dev.sealstream.eventstreaming.avro;

import dev.sealstream.domain.RolloutEnded;

/** {@code seal.outcomes}. */
final class RolloutEndedMapping implements AvroMapping<RolloutEnded, dev.sealstream.events.RolloutEnded> {
    @Override
    public Class<RolloutEnded> eventType() {
        return RolloutEnded.class;
    }

    @Override
    public Class<dev.sealstream.events.RolloutEnded> recordType() {
        return dev.sealstream.events.RolloutEnded.class;
    }

    @Override
    public dev.sealstream.events.RolloutEnded toAvro(RolloutEnded ended) {
        return dev.sealstream.events.RolloutEnded.newBuilder()
                .setRolloutGroupId(ended.rolloutGroupId())
                .setGroupSize(ended.groupSize())
                .setDataId(ended.dataId())
                .setMode(NewDataMapping.mode(ended.mode()))
                .setLineage(ended.lineage())
                .setPolicyVersion(ended.policyVersion())
                .setWeightsHash(ended.weightsHash())
                .setPrompt(ended.prompt())
                .setSelfEdit(SelfEditFields.avro(ended.selfEdit()))
                .setBaselineAccuracy(ended.baselineAccuracy())
                .setEnding(OutcomeFields.ending(ended.outcome()))
                .setReason(ended.outcome().reason())
                .setRepeats(OutcomeFields.repeats(ended.outcome()))
                .setLabelFree(ended.labelFree())
                .build();
    }

    @Override
    public RolloutEnded toDomain(dev.sealstream.events.RolloutEnded avro) {
        return new RolloutEnded(
                avro.getRolloutGroupId(),
                avro.getGroupSize(),
                avro.getDataId(),
                NewDataMapping.mode(avro.getMode()),
                avro.getLineage(),
                avro.getPolicyVersion(),
                avro.getWeightsHash(),
                avro.getPrompt(),
                SelfEditFields.domain(avro.getSelfEdit()),
                avro.getBaselineAccuracy(),
                OutcomeFields.domain(avro.getEnding(), avro.getReason(), avro.getRepeats()),
                avro.getLabelFree());
    }
}
