package dev.sealstream.checkpointgate;

import dev.sealstream.domain.Alarm;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.CheckpointDecision;

/** Is told what the gate does; the service turns it into metrics and log lines. Must be quick. */
interface GateListener {
    /** Hears everything and does nothing. */
    GateListener NONE = new GateListener() {};

    /** A candidate was released, archived, rejected or held, the head was moved, or the search chose a parent. */
    default void decided(CheckpointDecision decision) {}

    /** A candidate was measured on a head that has moved, and is to be measured again. */
    default void measuredAgain(CandidateProposed candidate) {}

    /** A lesson did not add up with a head that has moved, and is to be learnt on it. */
    default void learntAgain(CandidateProposed candidate) {}

    /** A guard fired. */
    default void alarmed(CandidateProposed candidate, Alarm alarm) {}

    /** Something came about a candidate that was decided before; it changes nothing. */
    default void repeatIgnored(String candidateId) {}

    /** A record went to the dead letters. */
    default void deadLettered(String topic, String reason) {}
}
