package dev.sealstream.eventstreaming.avro;

import dev.sealstream.domain.DeltaSize;
import dev.sealstream.domain.Evidence;
import dev.sealstream.domain.KnowledgeChange;

/** What a decision rests on, inside other records; null stays null. */
final class EvidenceFields {
    private EvidenceFields() {}

    static dev.sealstream.events.Evidence avro(Evidence evidence) {
        if (evidence == null) {
            return null;
        }
        return dev.sealstream.events.Evidence.newBuilder()
                .setBenchmarkBefore(EstimateFields.avro(evidence.benchmarkBefore()))
                .setBenchmarkAfter(EstimateFields.avro(evidence.benchmarkAfter()))
                .setGain(EstimateFields.avro(evidence.gain()))
                .setKnowledge(
                        evidence.knowledge().stream().map(EvidenceFields::avro).toList())
                .setSize(avro(evidence.size()))
                .setDivergence(evidence.divergence())
                .build();
    }

    static Evidence domain(dev.sealstream.events.Evidence avro) {
        if (avro == null) {
            return null;
        }
        return new Evidence(
                EstimateFields.domain(avro.getBenchmarkBefore()),
                EstimateFields.domain(avro.getBenchmarkAfter()),
                EstimateFields.domain(avro.getGain()),
                avro.getKnowledge().stream().map(EvidenceFields::domain).toList(),
                domain(avro.getSize()),
                avro.getDivergence());
    }

    static dev.sealstream.events.DeltaSize avro(DeltaSize size) {
        return dev.sealstream.events.DeltaSize.newBuilder()
                .setFrobeniusNorm(size.frobeniusNorm())
                .setLargestSingularValue(size.largestSingularValue())
                .setNormPerModule(size.normPerModule())
                .build();
    }

    static DeltaSize domain(dev.sealstream.events.DeltaSize avro) {
        return new DeltaSize(avro.getFrobeniusNorm(), avro.getLargestSingularValue(), avro.getNormPerModule());
    }

    private static dev.sealstream.events.KnowledgeChange avro(KnowledgeChange change) {
        return dev.sealstream.events.KnowledgeChange.newBuilder()
                .setDataId(change.dataId())
                .setEarlier(change.earlier())
                .setBefore(change.before())
                .setAfter(change.after())
                .setLabelFree(change.labelFree())
                .build();
    }

    private static KnowledgeChange domain(dev.sealstream.events.KnowledgeChange avro) {
        return new KnowledgeChange(
                avro.getDataId(), avro.getEarlier(), avro.getBefore(), avro.getAfter(), avro.getLabelFree());
    }
}
