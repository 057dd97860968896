package dev.sealstream.eventstreaming.avro;

import dev.sealstream.domain.BenchmarkMeasured;
import dev.sealstream.domain.DocumentScore;
import dev.sealstream.domain.Measurement;

/** {@code seal.benchmarks}. */
final class BenchmarkMeasuredMapping
        implements AvroMapping<BenchmarkMeasured, dev.sealstream.events.BenchmarkMeasured> {
    @Override
    public Class<BenchmarkMeasured> eventType() {
        return BenchmarkMeasured.class;
    }

    @Override
    public Class<dev.sealstream.events.BenchmarkMeasured> recordType() {
        return dev.sealstream.events.BenchmarkMeasured.class;
    }

    @Override
    public dev.sealstream.events.BenchmarkMeasured toAvro(BenchmarkMeasured measured) {
        return dev.sealstream.events.BenchmarkMeasured.newBuilder()
                .setCandidate(CandidateProposedMapping.avro(measured.candidate()))
                .setParent(avro(measured.parent()))
                .setSubject(avro(measured.subject()))
                .setFailure(measured.failure())
                .build();
    }

    @Override
    public BenchmarkMeasured toDomain(dev.sealstream.events.BenchmarkMeasured avro) {
        return new BenchmarkMeasured(
                CandidateProposedMapping.domain(avro.getCandidate()),
                domain(avro.getParent()),
                domain(avro.getSubject()),
                avro.getFailure());
    }

    private static dev.sealstream.events.Measurement avro(Measurement measurement) {
        if (measurement == null) {
            return null;
        }
        return dev.sealstream.events.Measurement.newBuilder()
                .setWeightsHash(measurement.weightsHash())
                .setDocuments(measurement.documents().stream()
                        .map(BenchmarkMeasuredMapping::avro)
                        .toList())
                .build();
    }

    private static Measurement domain(dev.sealstream.events.Measurement avro) {
        if (avro == null) {
            return null;
        }
        return new Measurement(
                avro.getWeightsHash(),
                avro.getDocuments().stream()
                        .map(BenchmarkMeasuredMapping::domain)
                        .toList());
    }

    private static dev.sealstream.events.DocumentScore avro(DocumentScore score) {
        return dev.sealstream.events.DocumentScore.newBuilder()
                .setDataId(score.dataId())
                .setNothing(score.nothing())
                .setPassageOnly(score.passageOnly())
                .setSelfEdits(score.selfEdits())
                .build();
    }

    private static DocumentScore domain(dev.sealstream.events.DocumentScore avro) {
        return new DocumentScore(avro.getDataId(), avro.getNothing(), avro.getPassageOnly(), avro.getSelfEdits());
    }
}
