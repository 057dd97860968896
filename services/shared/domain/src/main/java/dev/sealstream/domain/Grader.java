package dev.sealstream.domain;

import java.util.List;

/** Decides how right answers are. Graders are told nothing of the model that answered. */
@FunctionalInterface
public interface Grader {

    /**
     * An answer to grade.
     *
     * @param question with the answer that counts as right
     * @param said what the model said
     */
    record Answer(Question question, String said) {
        public Answer {
            Require.present("question", question);
            Require.present("said", said);
        }
    }

    /** One verdict for each answer, in order. All at once, so that a slow grader can work on several. */
    List<Verdict> grade(List<Answer> answers);
}
