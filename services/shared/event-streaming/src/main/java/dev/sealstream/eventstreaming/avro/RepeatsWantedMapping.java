package dev.sealstream.eventstreaming.avro;

import dev.sealstream.domain.RepeatsWanted;
import dev.sealstream.domain.UpdateWanted;

/** {@code seal.repeats}. */
final class RepeatsWantedMapping implements AvroMapping<RepeatsWanted, dev.sealstream.events.RepeatsWanted> {

    @Override
    public Class<RepeatsWanted> eventType() {
        return RepeatsWanted.class;
    }

    @Override
    public Class<dev.sealstream.events.RepeatsWanted> recordType() {
        return dev.sealstream.events.RepeatsWanted.class;
    }

    @Override
    public dev.sealstream.events.RepeatsWanted toAvro(RepeatsWanted repeats) {
        return dev.sealstream.events.RepeatsWanted.newBuilder()
                .setTrained(AdaptersTrainedMapping.avro(repeats.trained()))
                .setWanted(repeats.wanted().stream()
                        .map(wanted -> dev.sealstream.events.UpdateWanted.newBuilder()
                                .setSelfEditId(wanted.selfEditId())
                                .setRepeat(wanted.repeat())
                                .build())
                        .toList())
                .build();
    }

    @Override
    public RepeatsWanted toDomain(dev.sealstream.events.RepeatsWanted avro) {
        return new RepeatsWanted(
                AdaptersTrainedMapping.domain(avro.getTrained()),
                avro.getWanted().stream()
                        .map(wanted -> new UpdateWanted(wanted.getSelfEditId(), wanted.getRepeat()))
                        .toList());
    }
}
