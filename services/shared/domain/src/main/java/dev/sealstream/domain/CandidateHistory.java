package dev.sealstream.domain;

import java.util.List;

/**
 * What is known of one candidate, from its proposal to its end.
 *
 * @param measured the latest measurement; null when it was not measured yet, or is no longer kept
 * @param held the latest time the gate held it for a person; null when it never did
 * @param end how it was decided; null while it is not
 */
public record CandidateHistory(
        CandidateProposed candidate, BenchmarkMeasured measured, CheckpointDecision.Held held, CheckpointDecision end) {

    /** Where a candidate stands. */
    public enum Standing {
        /** The gate has not decided on it and nobody needs to. */
        PROPOSED,
        /** Waits for a person. */
        HELD,
        RELEASED,
        /** A version that does not serve, from which the search may go on. */
        ARCHIVED,
        REJECTED
    }

    public CandidateHistory {
        Require.present("candidate", candidate);
    }

    public Standing standing() {
        if (end instanceof CheckpointDecision.Released) {
            return Standing.RELEASED;
        }
        if (end instanceof CheckpointDecision.Archived) {
            return Standing.ARCHIVED;
        }
        if (end != null) {
            return Standing.REJECTED;
        }
        return held != null ? Standing.HELD : Standing.PROPOSED;
    }

    /** The version it became; null where it became none. */
    public Long version() {
        return end instanceof CheckpointDecision.VersionAdded added ? Long.valueOf(added.version()) : null;
    }

    /** What its end, or else what holding it rests on, or else its measurement; null when it could not be measured. */
    public Evidence evidence() {
        if (end instanceof CheckpointDecision.VersionAdded added) {
            return added.evidence();
        }
        if (end instanceof CheckpointDecision.Rejected rejected) {
            return rejected.evidence();
        }
        if (held != null) {
            return held.evidence();
        }
        return measured == null || measured.failure() != null ? null : Evidence.of(measured);
    }

    /** What the guards found when it was held. */
    public List<Alarm> alarms() {
        return held == null ? List.of() : held.alarms();
    }

    /** Who decided; null where no person did. */
    public Approval person() {
        if (end instanceof CheckpointDecision.Released released) {
            return released.approval();
        }
        return end instanceof CheckpointDecision.Rejected rejected ? rejected.refusal() : null;
    }

    /** Why it ended so, in the gate's words; empty while it is not decided. */
    public String reason() {
        if (end instanceof CheckpointDecision.VersionAdded added) {
            return added.reason();
        }
        return end instanceof CheckpointDecision.Rejected rejected ? rejected.reason() : "";
    }

    /** The version its delta was added to, or measured on, or at least trained on. */
    public long onVersion() {
        if (end instanceof CheckpointDecision.VersionAdded added) {
            return added.parentVersion();
        }
        if (measured != null) {
            return measured.onVersion();
        }
        return held != null ? held.onVersion() : candidate.parentVersion();
    }
}
