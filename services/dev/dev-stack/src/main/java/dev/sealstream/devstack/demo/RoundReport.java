package dev.sealstream.devstack.demo;

import dev.sealstream.domain.BenchmarkMeasured;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.Measurement;

import java.util.stream.Collectors;

/**
 * A finished round.
 *
 * @param number from 1
 * @param measured the round's candidate and its parent on the held-out documents
 * @param decision what the gate made of it: released, archived, rejected or held
 * @param seconds from the first document sent to the decision
 */
public record RoundReport(
        int number,
        int documents,
        RewardSummary rewards,
        BenchmarkMeasured measured,
        CheckpointDecision decision,
        double seconds) {

    public boolean isReleased() {
        return decision instanceof CheckpointDecision.Released;
    }

    /** The policy in force after the round: the candidate if it was released, else still its parent. */
    Measurement policyAfter() {
        return isReleased() ? measured.subject() : measured.parent();
    }

    /** The gate's reason, in its words. */
    public String reason() {
        if (decision instanceof CheckpointDecision.VersionAdded added) {
            return added.reason();
        }
        if (decision instanceof CheckpointDecision.Rejected rejected) {
            return rejected.reason();
        }
        if (decision instanceof CheckpointDecision.Held held) {
            return "held until a person decides"
                    + held.alarms().stream()
                            .map(alarm -> "; " + alarm.finding())
                            .collect(Collectors.joining());
        }
        throw new IllegalStateException("the gate has not decided on the candidate of round " + number);
    }
}
