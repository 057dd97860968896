package dev.sealstream.console;

import dev.sealstream.domain.Alarm;
import dev.sealstream.domain.AnswerPair;
import dev.sealstream.domain.Approval;
import dev.sealstream.domain.CandidateHistory;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.Comparison;

import java.util.List;

/**
 * A candidate with all its evidence, as the HTTP interface shows it; what it does not have is null or empty.
 *
 * @param version the version it became
 * @param dataId what a knowledge candidate teaches
 * @param onVersion the head its delta was added to or measured on
 * @param comparisons accuracies before and after
 * @param norm Frobenius norm of the weight change
 * @param divergence of what the model says to fixed texts, nats a token
 * @param failure why it could not be measured
 * @param person who decided and why
 * @param reason why the gate decided so
 */
public record CandidateView(
        String candidateId,
        String lineage,
        CandidateHistory.Standing standing,
        Long version,
        CandidateProposed.Kind kind,
        String dataId,
        long onVersion,
        double meanReward,
        List<Comparison> comparisons,
        Double norm,
        Double largestSingularValue,
        Double divergence,
        List<Alarm> alarms,
        List<AnswerPair> answers,
        String failure,
        Approval person,
        String reason) {

    static CandidateView of(CandidateHistory history) {
        var candidate = history.candidate();
        var evidence = history.evidence();
        var measured = history.measured();
        return new CandidateView(
                candidate.candidateId(),
                candidate.lineage(),
                history.standing(),
                history.version(),
                candidate.kind(),
                candidate.lesson() == null ? null : candidate.lesson().dataId(),
                history.onVersion(),
                candidate.meanReward(),
                Comparison.of(history),
                evidence == null ? null : evidence.size().frobeniusNorm(),
                evidence == null ? null : evidence.size().largestSingularValue(),
                evidence == null ? null : evidence.divergence(),
                history.alarms(),
                measured == null ? List.of() : measured.answers(),
                measured == null ? null : measured.failure(),
                history.person(),
                history.reason());
    }
}
