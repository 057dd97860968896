package dev.sealstream.checkpointgate;

import dev.sealstream.domain.ApprovalGiven;
import dev.sealstream.domain.BenchmarkMeasured;
import dev.sealstream.domain.CheckpointDecision;

import java.util.Optional;

/** What the gate remembers between records. */
interface GateMemory {
    /** The lineage's newest release; empty while it has only its base model. */
    Optional<CheckpointDecision.Released> head(String lineage);

    boolean isDecided(String candidateId);

    /** Remembers a decision: the candidate is decided, a release is the new head. */
    void decided(String candidateId, CheckpointDecision decision);

    Optional<BenchmarkMeasured> held(String candidateId);

    void hold(BenchmarkMeasured measured);

    Optional<ApprovalGiven> earlyApproval(String candidateId);

    void keepEarly(ApprovalGiven approval);
}
