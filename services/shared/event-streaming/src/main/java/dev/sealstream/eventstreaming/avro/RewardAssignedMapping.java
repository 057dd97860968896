package dev.sealstream.eventstreaming.avro;

import dev.sealstream.domain.RewardAssigned;
import dev.sealstream.domain.RewardInterval;
import dev.sealstream.events.Ending;

/** {@code seal.rewards}. */
final class RewardAssignedMapping implements AvroMapping<RewardAssigned, dev.sealstream.events.RewardAssigned> {
    @Override
    public Class<RewardAssigned> eventType() {
        return RewardAssigned.class;
    }

    @Override
    public Class<dev.sealstream.events.RewardAssigned> recordType() {
        return dev.sealstream.events.RewardAssigned.class;
    }

    @Override
    public dev.sealstream.events.RewardAssigned toAvro(RewardAssigned assigned) {
        return dev.sealstream.events.RewardAssigned.newBuilder()
                .setDataId(assigned.dataId())
                .setRolloutGroupId(assigned.rolloutGroupId())
                .setSelfEditId(assigned.selfEditId())
                .setLineage(assigned.lineage())
                .setPolicyVersion(assigned.policyVersion())
                .setWeightsHash(assigned.weightsHash())
                .setEnding(Ending.valueOf(assigned.ending().name()))
                .setReason(assigned.reason())
                .setReward(assigned.reward())
                .setBaseline(assigned.baseline())
                .setAdvantage(assigned.advantage())
                .setComponents(assigned.components())
                .setSelected(assigned.selected())
                .setInterval(assigned.interval() == null ? null : avro(assigned.interval()))
                .setLabelFree(assigned.labelFree())
                .build();
    }

    @Override
    public RewardAssigned toDomain(dev.sealstream.events.RewardAssigned avro) {
        return new RewardAssigned(
                avro.getDataId(),
                avro.getRolloutGroupId(),
                avro.getSelfEditId(),
                avro.getLineage(),
                avro.getPolicyVersion(),
                avro.getWeightsHash(),
                RewardAssigned.Ending.valueOf(avro.getEnding().name()),
                avro.getReason(),
                avro.getReward(),
                avro.getBaseline(),
                avro.getAdvantage(),
                avro.getComponents(),
                avro.getInterval() == null ? null : domain(avro.getInterval()),
                avro.getSelected(),
                avro.getLabelFree());
    }

    private static dev.sealstream.events.RewardInterval avro(RewardInterval interval) {
        return dev.sealstream.events.RewardInterval.newBuilder()
                .setStandardError(interval.standardError())
                .setDegreesOfFreedom(interval.degreesOfFreedom())
                .setLow(interval.low())
                .setHigh(interval.high())
                .build();
    }

    private static RewardInterval domain(dev.sealstream.events.RewardInterval avro) {
        return new RewardInterval(avro.getStandardError(), avro.getDegreesOfFreedom(), avro.getLow(), avro.getHigh());
    }
}
