package dev.sealstream.eventstreaming.avro;

import dev.sealstream.domain.GroupMember;
import dev.sealstream.domain.RolloutGroupCompleted;

/** {@code seal.experiences}. */
final class RolloutGroupCompletedMapping
        implements AvroMapping<RolloutGroupCompleted, dev.sealstream.events.RolloutGroupCompleted> {
    @Override
    public Class<RolloutGroupCompleted> eventType() {
        return RolloutGroupCompleted.class;
    }

    @Override
    public Class<dev.sealstream.events.RolloutGroupCompleted> recordType() {
        return dev.sealstream.events.RolloutGroupCompleted.class;
    }

    @Override
    public dev.sealstream.events.RolloutGroupCompleted toAvro(RolloutGroupCompleted group) {
        return dev.sealstream.events.RolloutGroupCompleted.newBuilder()
                .setRolloutGroupId(group.rolloutGroupId())
                .setDataId(group.dataId())
                .setMode(NewDataMapping.mode(group.mode()))
                .setLineage(group.lineage())
                .setPolicyVersion(group.policyVersion())
                .setWeightsHash(group.weightsHash())
                .setPrompt(group.prompt())
                .setMembers(group.members().stream()
                        .map(RolloutGroupCompletedMapping::avro)
                        .toList())
                .build();
    }

    @Override
    public RolloutGroupCompleted toDomain(dev.sealstream.events.RolloutGroupCompleted avro) {
        return new RolloutGroupCompleted(
                avro.getRolloutGroupId(),
                avro.getDataId(),
                NewDataMapping.mode(avro.getMode()),
                avro.getLineage(),
                avro.getPolicyVersion(),
                avro.getWeightsHash(),
                avro.getPrompt(),
                avro.getMembers().stream()
                        .map(RolloutGroupCompletedMapping::domain)
                        .toList());
    }

    private static dev.sealstream.events.GroupMember avro(GroupMember member) {
        return dev.sealstream.events.GroupMember.newBuilder()
                .setSelfEdit(SelfEditFields.avro(member.selfEdit()))
                .setReward(member.reward())
                .setAdvantage(member.advantage())
                .setSelected(member.selected())
                .build();
    }

    private static GroupMember domain(dev.sealstream.events.GroupMember avro) {
        return new GroupMember(
                SelfEditFields.domain(avro.getSelfEdit()), avro.getReward(), avro.getAdvantage(), avro.getSelected());
    }
}
