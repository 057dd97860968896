package dev.sealstream.checkpointgate;

import dev.sealstream.domain.BenchmarkMeasured;

/** Whether a measurement is of the weights that a release of its candidate would have, beside the head of the lineage. */
final class MeasurementCheck {
    private final BenchmarkMeasured measured;
    private final DecisionLog log;

    private MeasurementCheck(BenchmarkMeasured measured, DecisionLog log) {
        this.measured = measured;
        this.log = log;
    }

    /** @throws IllegalArgumentException if it is not, naming what was measured and what should have been */
    static void require(BenchmarkMeasured measured, DecisionLog log) {
        var check = new MeasurementCheck(measured, log);
        check.requireHead();
        check.requireFoundation();
        check.requireSubject();
    }

    /** A head of the same number on other weights is that of another base model: no measurement on it means anything here. */
    private void requireHead() {
        var candidate = measured.candidate();
        String found = measured.parent().weightsHash();
        var lineage = log.lineage(candidate.lineage());
        if (lineage.isEmpty() && !candidate.parentWeightsHash().equals(found)) {
            throw new IllegalArgumentException("candidate " + candidate.candidateId()
                    + " says it was trained on weights hash " + candidate.parentWeightsHash() + ", but lineage "
                    + candidate.lineage() + " has only its base model with weights hash " + found);
        }
        if (lineage.isPresent() && !lineage.get().weightsHash().equals(found)) {
            throw new IllegalArgumentException("candidate " + candidate.candidateId() + " was measured on version "
                    + lineage.get().version() + " with weights hash " + found + ", the head has "
                    + lineage.get().weightsHash() + "; the evaluator must hold the base model that lineage "
                    + candidate.lineage() + " began with");
        }
    }

    private void requireFoundation() {
        var candidate = measured.candidate();
        boolean onHead = measured.onVersion() == measured.headVersion();
        boolean onOwnParent = measured.onVersion() == candidate.parentVersion()
                && log.lineage(candidate.lineage())
                        .filter(lineage -> lineage.has(measured.onVersion()))
                        .isPresent();
        if (!onHead && !onOwnParent) {
            throw new IllegalArgumentException("candidate " + candidate.candidateId() + " was measured on version "
                    + measured.onVersion() + "; allowed: the head " + measured.headVersion()
                    + " or the candidate's own parent " + candidate.parentVersion() + ", where the lineage has it");
        }
    }

    private void requireSubject() {
        var candidate = measured.candidate();
        String expected = candidate.weightsHashOn(log.hashOf(candidate, measured.onVersion()));
        if (!measured.subject().weightsHash().equals(expected)) {
            throw new IllegalArgumentException("candidate " + candidate.candidateId()
                    + " was measured with weights hash " + measured.subject().weightsHash() + ", version "
                    + measured.onVersion() + " and delta give " + expected);
        }
    }
}
