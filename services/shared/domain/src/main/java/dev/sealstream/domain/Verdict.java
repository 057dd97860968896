package dev.sealstream.domain;

/** What a grader says about one answer. */
public sealed interface Verdict permits Verdict.Given, Verdict.Withheld {

    /**
     * The answer was graded.
     *
     * @param score how right it is, 0 to 1
     * @param judgement the judge's own words, or null where none were spoken
     */
    record Given(double score, String judgement) implements Verdict {
        public Given {
            Require.unitInterval("score", score);
        }

        /** With the question and the answer, as it is kept. */
        public GradedAnswer on(Grader.Answer answer) {
            var question = answer.question();
            return new GradedAnswer(
                    question.question(),
                    question.answer(),
                    answer.said(),
                    score >= GradedAnswer.CORRECT_FROM,
                    score,
                    judgement);
        }
    }

    /** The grader could not tell; says nothing about the answer, which must not count as wrong. */
    record Withheld(String reason) implements Verdict {
        public Withheld {
            Require.nonBlank("reason", reason);
        }
    }
}
