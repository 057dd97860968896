package dev.sealstream.eventstreaming.avro;

import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.events.CheckpointDecided;
import dev.sealstream.events.CheckpointRejected;
import dev.sealstream.events.CheckpointReleased;
import dev.sealstream.events.CheckpointRolledBack;

/** {@code seal.checkpoints}: a wrapper with the lineage and a union of the three decisions. */
final class CheckpointDecisionMapping implements AvroMapping<CheckpointDecision, CheckpointDecided> {
    @Override
    public Class<CheckpointDecision> eventType() {
        return CheckpointDecision.class;
    }

    @Override
    public Class<CheckpointDecided> recordType() {
        return CheckpointDecided.class;
    }

    @Override
    public CheckpointDecided toAvro(CheckpointDecision decision) {
        return CheckpointDecided.newBuilder()
                .setLineage(decision.lineage())
                .setDecision(union(decision))
                .build();
    }

    @Override
    public CheckpointDecision toDomain(CheckpointDecided avro) {
        var decision = avro.getDecision();
        if (decision instanceof CheckpointReleased released) {
            return released(avro.getLineage(), released);
        }
        if (decision instanceof CheckpointRejected rejected) {
            return rejected(avro.getLineage(), rejected);
        }
        if (decision instanceof CheckpointRolledBack rolledBack) {
            return rolledBack(avro.getLineage(), rolledBack);
        }
        throw new IllegalArgumentException("decision of lineage " + avro.getLineage() + " is " + decision
                + "; allowed: released, rejected, rolled back");
    }

    private static Object union(CheckpointDecision decision) {
        if (decision instanceof CheckpointDecision.Released released) {
            return CheckpointReleased.newBuilder()
                    .setVersion(released.version())
                    .setWeightsHash(released.weightsHash())
                    .setCandidate(CandidateProposedMapping.avro(released.candidate()))
                    .setBenchmarkBefore(EstimateFields.avro(released.benchmarkBefore()))
                    .setBenchmarkAfter(EstimateFields.avro(released.benchmarkAfter()))
                    .setGain(EstimateFields.avro(released.gain()))
                    .setReason(released.reason())
                    .build();
        }
        if (decision instanceof CheckpointDecision.Rejected rejected) {
            return CheckpointRejected.newBuilder()
                    .setCandidate(CandidateProposedMapping.avro(rejected.candidate()))
                    .setBenchmarkBefore(EstimateFields.avro(rejected.benchmarkBefore()))
                    .setBenchmarkAfter(EstimateFields.avro(rejected.benchmarkAfter()))
                    .setGain(EstimateFields.avro(rejected.gain()))
                    .setReason(rejected.reason())
                    .build();
        }
        var rolledBack = (CheckpointDecision.RolledBack) decision;
        return CheckpointRolledBack.newBuilder()
                .setToVersion(rolledBack.toVersion())
                .setWeightsHash(rolledBack.weightsHash())
                .setBy(rolledBack.by())
                .setReason(rolledBack.reason())
                .build();
    }

    private static CheckpointDecision released(String lineage, CheckpointReleased avro) {
        return new CheckpointDecision.Released(
                lineage,
                avro.getVersion(),
                avro.getWeightsHash(),
                CandidateProposedMapping.domain(avro.getCandidate()),
                EstimateFields.domain(avro.getBenchmarkBefore()),
                EstimateFields.domain(avro.getBenchmarkAfter()),
                EstimateFields.domain(avro.getGain()),
                avro.getReason());
    }

    private static CheckpointDecision rejected(String lineage, CheckpointRejected avro) {
        return new CheckpointDecision.Rejected(
                lineage,
                CandidateProposedMapping.domain(avro.getCandidate()),
                EstimateFields.domain(avro.getBenchmarkBefore()),
                EstimateFields.domain(avro.getBenchmarkAfter()),
                EstimateFields.domain(avro.getGain()),
                avro.getReason());
    }

    private static CheckpointDecision rolledBack(String lineage, CheckpointRolledBack avro) {
        return new CheckpointDecision.RolledBack(
                lineage, avro.getToVersion(), avro.getWeightsHash(), avro.getBy(), avro.getReason());
    }
}
