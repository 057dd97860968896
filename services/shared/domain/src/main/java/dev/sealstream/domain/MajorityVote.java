package dev.sealstream.domain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answer that a model gives most often to one question, in place of a label. Answers are the same that the text graders
 * take for the same. Source: self-consistency (arXiv 2203.11171), as SRT trains on it (arXiv 2505.21444).
 *
 * @param answer as it was said first
 * @param share of all answers, 0 to 1; an empty answer counts against it
 */
public record MajorityVote(String answer, double share) {

    /** Empty when nothing was said at all. Of equals the one said first wins. */
    public static Optional<MajorityVote> of(List<String> answers) {
        Map<String, String> first = new LinkedHashMap<>();
        Map<String, Integer> votes = new LinkedHashMap<>();
        for (String answer : answers) {
            String key = SquadText.normalized(answer);
            if (!key.isEmpty()) {
                first.putIfAbsent(key, answer);
                votes.merge(key, 1, Integer::sum);
            }
        }
        String winner = null;
        for (String key : votes.keySet()) {
            winner = winner == null || votes.get(key) > votes.get(winner) ? key : winner;
        }
        return Optional.ofNullable(winner)
                .map(key -> new MajorityVote(first.get(key), (double) votes.get(key) / answers.size()));
    }

    boolean sameAnswer(MajorityVote other) {
        return SquadText.normalized(answer).equals(SquadText.normalized(other.answer));
    }
}
