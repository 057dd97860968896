package dev.sealstream.eventstreaming.avro;

import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.Lesson;
import dev.sealstream.events.CandidateKind;

/** {@code seal.candidates}. */
final class CandidateProposedMapping
        implements AvroMapping<CandidateProposed, dev.sealstream.events.CandidateProposed> {
    @Override
    public Class<CandidateProposed> eventType() {
        return CandidateProposed.class;
    }

    @Override
    public Class<dev.sealstream.events.CandidateProposed> recordType() {
        return dev.sealstream.events.CandidateProposed.class;
    }

    @Override
    public dev.sealstream.events.CandidateProposed toAvro(CandidateProposed candidate) {
        return avro(candidate);
    }

    @Override
    public CandidateProposed toDomain(dev.sealstream.events.CandidateProposed avro) {
        return domain(avro);
    }

    static dev.sealstream.events.CandidateProposed avro(CandidateProposed candidate) {
        return dev.sealstream.events.CandidateProposed.newBuilder()
                .setCandidateId(candidate.candidateId())
                .setLineage(candidate.lineage())
                .setKind(CandidateKind.valueOf(candidate.kind().name()))
                .setParentVersion(candidate.parentVersion())
                .setParentWeightsHash(candidate.parentWeightsHash())
                .setDelta(AdapterFields.avro(candidate.delta()))
                .setRolloutGroupIds(candidate.rolloutGroupIds())
                .setMeanReward(candidate.meanReward())
                .setFrobeniusNorm(candidate.frobeniusNorm())
                .setLargestSingularValue(candidate.largestSingularValue())
                .setDiversity(candidate.diversity())
                .setLesson(candidate.lesson() == null ? null : avro(candidate.lesson()))
                .build();
    }

    static CandidateProposed domain(dev.sealstream.events.CandidateProposed avro) {
        return new CandidateProposed(
                avro.getCandidateId(),
                avro.getLineage(),
                CandidateProposed.Kind.valueOf(avro.getKind().name()),
                avro.getParentVersion(),
                avro.getParentWeightsHash(),
                AdapterFields.domain(avro.getDelta()),
                avro.getRolloutGroupIds(),
                avro.getMeanReward(),
                avro.getFrobeniusNorm(),
                avro.getLargestSingularValue(),
                avro.getDiversity(),
                avro.getLesson() == null ? null : domain(avro.getLesson()));
    }

    private static dev.sealstream.events.Lesson avro(Lesson lesson) {
        return dev.sealstream.events.Lesson.newBuilder()
                .setDataId(lesson.dataId())
                .setSelfEditId(lesson.selfEditId())
                .setCompletion(lesson.completion())
                .setTrainingSequences(lesson.trainingSequences())
                .build();
    }

    private static Lesson domain(dev.sealstream.events.Lesson avro) {
        return new Lesson(avro.getDataId(), avro.getSelfEditId(), avro.getCompletion(), avro.getTrainingSequences());
    }
}
