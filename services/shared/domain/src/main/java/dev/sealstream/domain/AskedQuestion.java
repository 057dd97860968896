package dev.sealstream.domain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A question that one or more completions asked about a passage. Two are the same that differ in case, punctuation, articles and
 * spaces alone.
 *
 * @param wording as it was written first
 * @param writtenAnswers what the completions wrote as its answer, each time it was asked
 */
public record AskedQuestion(WrittenQuestion wording, List<String> writtenAnswers) {
    public AskedQuestion {
        Require.present("wording", wording);
        writtenAnswers = Require.nonEmpty("writtenAnswers of '" + wording.question() + "'", writtenAnswers);
    }

    /**
     * Each question once, those first that most completions ask; of equals the one that was written first.
     *
     * @param completions the questions of each completion
     */
    public static List<AskedQuestion> commonest(List<List<WrittenQuestion>> completions, int most) {
        Map<String, List<WrittenQuestion>> wordings = new LinkedHashMap<>();
        Map<String, Integer> askedBy = new HashMap<>();
        for (var completion : completions) {
            var here = new HashSet<String>();
            for (var question : completion) {
                String key = SquadText.normalized(question.question());
                wordings.computeIfAbsent(key, first -> new ArrayList<>()).add(question);
                if (here.add(key)) {
                    askedBy.merge(key, 1, Integer::sum);
                }
            }
        }
        return wordings.entrySet().stream()
                .sorted(Comparator.comparing(entry -> -askedBy.get(entry.getKey())))
                .limit(most)
                .map(entry -> of(entry.getValue()))
                .toList();
    }

    private static AskedQuestion of(List<WrittenQuestion> wordings) {
        return new AskedQuestion(
                wordings.get(0), wordings.stream().map(WrittenQuestion::answer).toList());
    }

    /**
     * The question with the answer that counts as right, marked as {@link Question#labelFree}. Two votes must agree: most of the
     * answers written with the question, where the model asked what it liked, and most of the answers it gave when asked again.
     *
     * @param answers what the model said when it was asked again
     * @param shareMin least share of these that must be the same, 0 to 1
     */
    public Optional<Question> agreed(List<String> answers, double shareMin) {
        var written = MajorityVote.of(writtenAnswers).filter(vote -> vote.share() > 0.5);
        return MajorityVote.of(answers)
                .filter(vote -> vote.share() >= shareMin)
                .filter(vote -> written.filter(vote::sameAnswer).isPresent())
                .map(vote -> Question.labelFree(wording.question(), vote));
    }
}
