package dev.sealstream.eventstreaming.avro;

import dev.sealstream.domain.Estimate;

/** A mean with its standard error inside other records; null stays null. */
final class EstimateFields {
    private EstimateFields() {}

    static dev.sealstream.events.Estimate avro(Estimate estimate) {
        if (estimate == null) {
            return null;
        }
        return dev.sealstream.events.Estimate.newBuilder()
                .setMean(estimate.mean())
                .setStandardError(estimate.standardError())
                .setCount(estimate.count())
                .build();
    }

    static Estimate domain(dev.sealstream.events.Estimate avro) {
        return avro == null ? null : new Estimate(avro.getMean(), avro.getStandardError(), avro.getCount());
    }
}
