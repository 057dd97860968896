package dev.sealstream.eventstreaming.avro;

import dev.sealstream.domain.AdapterReference;
import dev.sealstream.domain.AdapterUpdate;
import dev.sealstream.domain.ArtifactReference;

/** Adapters and their training inside other records. */
final class AdapterFields {
    private AdapterFields() {}

    static dev.sealstream.events.AdapterReference avro(AdapterReference adapter) {
        return dev.sealstream.events.AdapterReference.newBuilder()
                .setConfiguration(avro(adapter.configuration()))
                .setWeights(avro(adapter.weights()))
                .build();
    }

    static AdapterReference domain(dev.sealstream.events.AdapterReference avro) {
        return new AdapterReference(domain(avro.getConfiguration()), domain(avro.getWeights()));
    }

    static dev.sealstream.events.AdapterUpdate avro(AdapterUpdate update) {
        return dev.sealstream.events.AdapterUpdate.newBuilder()
                .setUpdateId(update.updateId())
                .setSelfEditId(update.selfEditId())
                .setRepeat(update.repeat())
                .setAdapter(update.adapter() == null ? null : avro(update.adapter()))
                .setFailure(update.failure())
                .setLossCurve(update.lossCurve())
                .setFrobeniusNorm(update.frobeniusNorm())
                .setLargestSingularValue(update.largestSingularValue())
                .build();
    }

    static AdapterUpdate domain(dev.sealstream.events.AdapterUpdate avro) {
        return new AdapterUpdate(
                avro.getUpdateId(),
                avro.getSelfEditId(),
                avro.getRepeat(),
                avro.getAdapter() == null ? null : domain(avro.getAdapter()),
                avro.getFailure(),
                avro.getLossCurve(),
                avro.getFrobeniusNorm(),
                avro.getLargestSingularValue());
    }

    static dev.sealstream.events.ArtifactReference avro(ArtifactReference artifact) {
        return dev.sealstream.events.ArtifactReference.newBuilder()
                .setUri(artifact.uri())
                .setBytes(artifact.bytes())
                .setSha256(artifact.sha256())
                .build();
    }

    static ArtifactReference domain(dev.sealstream.events.ArtifactReference avro) {
        return new ArtifactReference(avro.getUri(), avro.getBytes(), avro.getSha256());
    }
}
