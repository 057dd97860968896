package dev.sealstream.eventstreaming.avro;

import dev.sealstream.domain.AnswerPair;
import dev.sealstream.domain.BenchmarkMeasured;
import dev.sealstream.domain.DocumentScore;
import dev.sealstream.domain.KnowledgeScore;
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
                .setHeadVersion(measured.headVersion())
                .setOnVersion(measured.onVersion())
                .setDatum(measured.datum() == null ? null : NewDataMapping.avro(measured.datum()))
                .setParent(avro(measured.parent()))
                .setSubject(avro(measured.subject()))
                .setSize(measured.size() == null ? null : EvidenceFields.avro(measured.size()))
                .setDivergence(measured.divergence())
                .setAnswers(measured.answers().stream()
                        .map(BenchmarkMeasuredMapping::avro)
                        .toList())
                .setFailure(measured.failure())
                .build();
    }

    @Override
    public BenchmarkMeasured toDomain(dev.sealstream.events.BenchmarkMeasured avro) {
        return new BenchmarkMeasured(
                CandidateProposedMapping.domain(avro.getCandidate()),
                avro.getHeadVersion(),
                avro.getOnVersion(),
                avro.getDatum() == null ? null : NewDataMapping.domain(avro.getDatum()),
                domain(avro.getParent()),
                domain(avro.getSubject()),
                avro.getSize() == null ? null : EvidenceFields.domain(avro.getSize()),
                avro.getDivergence(),
                avro.getAnswers().stream().map(BenchmarkMeasuredMapping::domain).toList(),
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
                .setKnowledge(measurement.knowledge().stream()
                        .map(score -> dev.sealstream.events.KnowledgeScore.newBuilder()
                                .setDataId(score.dataId())
                                .setAccuracy(score.accuracy())
                                .setLabelFree(score.labelFree())
                                .build())
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
                        .toList(),
                avro.getKnowledge().stream()
                        .map(score -> new KnowledgeScore(score.getDataId(), score.getAccuracy(), score.getLabelFree()))
                        .toList());
    }

    private static dev.sealstream.events.AnswerPair avro(AnswerPair answer) {
        return dev.sealstream.events.AnswerPair.newBuilder()
                .setDataId(answer.dataId())
                .setQuestion(answer.question())
                .setExpected(answer.expected())
                .setBefore(answer.before())
                .setAfter(answer.after())
                .setLabelFree(answer.labelFree())
                .build();
    }

    private static AnswerPair domain(dev.sealstream.events.AnswerPair avro) {
        return new AnswerPair(
                avro.getDataId(),
                avro.getQuestion(),
                avro.getExpected(),
                avro.getBefore(),
                avro.getAfter(),
                avro.getLabelFree());
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
