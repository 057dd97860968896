package dev.sealstream.checkpointgate;

import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.CheckpointDecision;

/** Is told what the gate does; the service turns it into metrics and log lines. Must be quick. */
interface GateListener {
    /** Hears everything and does nothing. */
    GateListener NONE = new GateListener() {};

    /** A candidate was released or rejected. */
    default void decided(CheckpointDecision decision) {}

    /** A candidate passed the rule and waits for a person. */
    default void held(CandidateProposed candidate) {}

    /** Something came about a candidate that was decided before; it changes nothing. */
    default void repeatIgnored(String candidateId) {}

    /** A record went to the dead letters. */
    default void deadLettered(String topic, String reason) {}
}
