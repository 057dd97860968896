package dev.sealstream.domain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * A candidate on the head of the moment it was measured: the evidence the gate decides on.
 *
 * @param candidate what was measured, complete, so that the gate needs no other topic
 * @param headVersion version of the head it was compared with, which may be newer than the candidate's parent
 * @param onVersion the version the delta was added to: the head, or the version that the archive search branched off from
 * @param datum what a knowledge candidate is to teach, as it stands on {@code seal.new-data}, with the questions it was
 *     measured on; null for a policy candidate
 * @param parent the head without the candidate's delta; null when the candidate could not be measured
 * @param subject that version with the candidate's delta; null when the candidate could not be measured
 * @param size of the delta, as read from its factors; null when they could not be read
 * @param divergence how far the delta moves what the model says to fixed texts: Kullback-Leibler divergence of the subject
 *     from what the delta was added to, in nats a token; null when the candidate could not be measured
 * @param answers some answers before and after
 * @param failure why the candidate could not be measured, or null
 */
public record BenchmarkMeasured(
        CandidateProposed candidate,
        long headVersion,
        long onVersion,
        NewData datum,
        Measurement parent,
        Measurement subject,
        DeltaSize size,
        Double divergence,
        List<AnswerPair> answers,
        String failure) {

    public BenchmarkMeasured {
        Require.present("candidate", candidate);
        answers = List.copyOf(answers);
        boolean measured = parent != null && subject != null && size != null && divergence != null;
        if (measured == (failure != null)) {
            throw new IllegalArgumentException("measurement of candidate " + candidate.candidateId()
                    + " needs either both measurements, size and divergence, or a failure");
        }
    }

    public static BenchmarkMeasured failed(CandidateProposed candidate, long headVersion, String failure) {
        return new BenchmarkMeasured(
                candidate, headVersion, headVersion, null, null, null, null, null, List.of(), failure);
    }

    /** What the delta does to every datum whose knowledge was measured before and after, in order. */
    public List<KnowledgeChange> knowledge() {
        if (failure != null) {
            return List.of();
        }
        String own = candidate.lesson() == null ? null : candidate.lesson().dataId();
        var before = new HashMap<String, Double>();
        parent.knowledge().forEach(score -> before.put(score.dataId(), score.accuracy()));
        var changes = new ArrayList<KnowledgeChange>();
        for (var score : subject.knowledge()) {
            if (!before.containsKey(score.dataId())) {
                throw new IllegalArgumentException("datum " + score.dataId() + " was asked of " + subject.weightsHash()
                        + " but not of " + parent.weightsHash() + "; measure both on the same data");
            }
            changes.add(new KnowledgeChange(
                    score.dataId(),
                    !score.dataId().equals(own),
                    before.get(score.dataId()),
                    score.accuracy(),
                    score.labelFree()));
        }
        return changes;
    }
}
