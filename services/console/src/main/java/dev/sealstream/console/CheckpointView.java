package dev.sealstream.console;

import dev.sealstream.domain.Alarm;
import dev.sealstream.domain.Approval;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.Estimate;
import dev.sealstream.domain.Evidence;

import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A checkpoint decision as the HTTP interface shows it; what a kind of decision does not have is null.
 *
 * @param decision RELEASED, ARCHIVED, REJECTED, HELD, ROLLED_BACK or PARENT_CHOSEN
 * @param version what was added, or is the head after a roll-back, or is gone on from
 * @param benchmarkBefore accuracy of the parent after its own self-edits, 0 to 1
 * @param benchmarkAfter accuracy of the candidate after its own
 * @param gain paired difference of the two
 * @param by the person who decided, where one did
 */
public record CheckpointView(
        String decision,
        String lineage,
        Long version,
        String weightsHash,
        String candidateId,
        CandidateProposed.Kind kind,
        Long parentVersion,
        Double meanReward,
        EstimateView benchmarkBefore,
        EstimateView benchmarkAfter,
        EstimateView gain,
        String by,
        String reason) {

    /** @param standardError null for a single value, which has none (and JSON has no infinity) */
    public record EstimateView(double mean, Double standardError, int count) {
        static EstimateView of(Estimate estimate) {
            Double error = Double.isFinite(estimate.standardError()) ? estimate.standardError() : null;
            return new EstimateView(estimate.mean(), error, estimate.count());
        }
    }

    static CheckpointView of(CheckpointDecision decision) {
        if (decision instanceof CheckpointDecision.Released released) {
            return ofCandidate(
                    "RELEASED",
                    released.candidate(),
                    released.version(),
                    released.weightsHash(),
                    released.evidence(),
                    released.approval(),
                    released.reason());
        }
        if (decision instanceof CheckpointDecision.Rejected rejected) {
            return ofCandidate(
                    "REJECTED",
                    rejected.candidate(),
                    null,
                    null,
                    rejected.evidence(),
                    rejected.refusal(),
                    rejected.reason());
        }
        if (decision instanceof CheckpointDecision.Held held) {
            String alarms = held.alarms().stream().map(Alarm::finding).collect(Collectors.joining("; "));
            return ofCandidate(
                    "HELD",
                    held.candidate(),
                    null,
                    null,
                    held.evidence(),
                    null,
                    alarms.isEmpty() ? "waits for a person" : "waits for a person: " + alarms);
        }
        if (decision instanceof CheckpointDecision.Archived archived) {
            return ofCandidate(
                    "ARCHIVED",
                    archived.candidate(),
                    archived.version(),
                    archived.weightsHash(),
                    archived.evidence(),
                    null,
                    archived.reason());
        }
        if (decision instanceof CheckpointDecision.RolledBack back) {
            return ofVersion(
                    "ROLLED_BACK", back.lineage(), back.toVersion(), back.weightsHash(), back.by(), back.reason());
        }
        if (decision instanceof CheckpointDecision.ParentChosen choice) {
            String reason = String.format(
                    Locale.ROOT, "the next round starts from it, chosen with probability %.2f", choice.probability());
            return ofVersion("PARENT_CHOSEN", choice.lineage(), choice.version(), choice.weightsHash(), null, reason);
        }
        throw new IllegalArgumentException("no view of " + decision.getClass().getName());
    }

    private static CheckpointView ofVersion(
            String decision, String lineage, long version, String weightsHash, String by, String reason) {
        return new CheckpointView(
                decision, lineage, version, weightsHash, null, null, null, null, null, null, null, by, reason);
    }

    private static CheckpointView ofCandidate(
            String decision,
            CandidateProposed candidate,
            Long version,
            String weightsHash,
            Evidence evidence,
            Approval person,
            String reason) {
        return new CheckpointView(
                decision,
                candidate.lineage(),
                version,
                weightsHash,
                candidate.candidateId(),
                candidate.kind(),
                candidate.parentVersion(),
                candidate.meanReward(),
                evidence == null ? null : EstimateView.of(evidence.benchmarkBefore()),
                evidence == null ? null : EstimateView.of(evidence.benchmarkAfter()),
                evidence == null ? null : EstimateView.of(evidence.gain()),
                person == null ? null : person.by(),
                reason);
    }
}
