package dev.sealstream.domain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Graders that compare the answer's text with the expected one, after SQuAD's normalisation. Only the first line of an
 * answer counts, since a base model may go on with more text.
 */
public enum TextGrader implements Grader {
    /** 1 for equal texts, else 0. Source: SQuAD (Rajpurkar et al. 2016). */
    EXACT_MATCH {
        @Override
        double score(List<String> said, List<String> expected) {
            return said.equals(expected) ? 1 : 0;
        }
    },
    /** Harmonic mean of precision and recall over words, each counted as often as it stands. Source: SQuAD. */
    F1 {
        @Override
        double score(List<String> said, List<String> expected) {
            if (said.isEmpty() || expected.isEmpty()) {
                return said.equals(expected) ? 1 : 0;
            }
            var left = new ArrayList<>(expected);
            long common = said.stream().filter(left::remove).count();
            return 2.0 * common / (said.size() + expected.size());
        }
    },
    /** 1 where the expected words stand in the answer, together and in order, else 0. */
    CONTAINS {
        @Override
        double score(List<String> said, List<String> expected) {
            boolean contained = !expected.isEmpty() && Collections.indexOfSubList(said, expected) >= 0;
            return contained || said.equals(expected) ? 1 : 0;
        }
    };

    /** @param said and expected: normalised words */
    abstract double score(List<String> said, List<String> expected);

    @Override
    public List<Verdict> grade(List<Answer> answers) {
        return answers.stream().map(answer -> (Verdict) verdict(answer)).toList();
    }

    /** A single answer, which a comparison of texts never withholds its verdict on. */
    public GradedAnswer grade(Question question, String said) {
        var answer = new Answer(question, firstLine(said));
        return verdict(answer).on(answer);
    }

    private Verdict.Given verdict(Answer answer) {
        var expected = SquadText.words(answer.question().answer());
        return new Verdict.Given(score(SquadText.words(firstLine(answer.said())), expected), null);
    }

    private static String firstLine(String said) {
        return said.strip().lines().findFirst().orElse("");
    }
}
