package dev.sealstream.eventstreaming.avro;

import dev.sealstream.domain.AdaptersTrained;

/** {@code seal.updates}. */
final class AdaptersTrainedMapping implements AvroMapping<AdaptersTrained, dev.sealstream.events.AdaptersTrained> {
    @Override
    public Class<AdaptersTrained> eventType() {
        return AdaptersTrained.class;
    }

    @Override
    public Class<dev.sealstream.events.AdaptersTrained> recordType() {
        return dev.sealstream.events.AdaptersTrained.class;
    }

    @Override
    public dev.sealstream.events.AdaptersTrained toAvro(AdaptersTrained trained) {
        return avro(trained);
    }

    @Override
    public AdaptersTrained toDomain(dev.sealstream.events.AdaptersTrained avro) {
        return domain(avro);
    }

    static dev.sealstream.events.AdaptersTrained avro(AdaptersTrained trained) {
        return dev.sealstream.events.AdaptersTrained.newBuilder()
                .setProposal(SelfEditsProposedMapping.avro(trained.proposal()))
                .setUpdates(trained.updates().stream().map(AdapterFields::avro).toList())
                .setScores(trained.scores().stream().map(OutcomeFields::avro).toList())
                .build();
    }

    static AdaptersTrained domain(dev.sealstream.events.AdaptersTrained avro) {
        return new AdaptersTrained(
                SelfEditsProposedMapping.domain(avro.getProposal()),
                avro.getUpdates().stream().map(AdapterFields::domain).toList(),
                avro.getScores().stream().map(OutcomeFields::domain).toList());
    }
}
