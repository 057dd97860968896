package dev.sealstream.checkpointgate;

import dev.sealstream.domain.ApprovalGiven;
import dev.sealstream.domain.CheckpointDecision;

import java.util.List;
import java.util.Optional;

/** What the gate keeps over a restart. */
interface GateMemory {
    /** Every decision so far, oldest first. */
    List<CheckpointDecision> decisions();

    void add(CheckpointDecision decision);

    /** What a person said of a candidate that is not decided. */
    Optional<ApprovalGiven> word(String candidateId);

    void keepWord(ApprovalGiven given);

    void forgetWord(String candidateId);
}
