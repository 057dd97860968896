package dev.sealstream.console;

import dev.sealstream.console.CheckpointView.EstimateView;
import dev.sealstream.domain.CandidateHistory;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.LineageHistory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;

/**
 * A lineage as a tree.
 *
 * @param head version of the head, 0 for the base model
 * @param nextParent where the archive search goes on; null where policy training follows the head
 * @param nodes versions and candidates, the newest first, the base model last
 * @param waiting candidates that wait for a person, with all their evidence
 */
public record LineageView(String lineage, long head, Long nextParent, List<Node> nodes, List<CandidateView> waiting) {

    /**
     * One point of the tree; what it does not have is null.
     *
     * @param version null for what is no version
     * @param parentVersion what it hangs on; null for the base model
     * @param standing null for the base model
     * @param gain on held-out documents
     * @param by the person who decided
     */
    public record Node(
            Long version,
            Long parentVersion,
            String candidateId,
            CandidateHistory.Standing standing,
            CandidateProposed.Kind kind,
            String dataId,
            EstimateView gain,
            String by,
            String reason) {}

    static LineageView of(LineageHistory history) {
        var nodes = new ArrayList<Node>();
        var waiting = history.waiting();
        waiting.forEach(one -> nodes.add(node(one)));
        var decisions = new ArrayList<>(history.decisions());
        Collections.reverse(decisions);
        var shown = new HashSet<String>();
        for (var decision : decisions) {
            boolean ends = decision.candidate() != null && !(decision instanceof CheckpointDecision.Held);
            if (ends && shown.add(decision.candidate().candidateId())) {
                history.candidate(decision.candidate().candidateId()).ifPresent(one -> nodes.add(node(one)));
            }
        }
        nodes.add(new Node(0L, null, null, null, null, null, null, null, "the base model"));
        return new LineageView(
                history.name(),
                history.head(),
                history.chosenParent().isPresent() ? history.chosenParent().getAsLong() : null,
                nodes,
                waiting.stream().map(CandidateView::of).toList());
    }

    private static Node node(CandidateHistory history) {
        var candidate = history.candidate();
        var evidence = history.evidence();
        return new Node(
                history.version(),
                history.onVersion(),
                candidate.candidateId(),
                history.standing(),
                candidate.kind(),
                candidate.lesson() == null ? null : candidate.lesson().dataId(),
                evidence == null ? null : EstimateView.of(evidence.gain()),
                history.person() == null ? null : history.person().by(),
                history.reason());
    }
}
