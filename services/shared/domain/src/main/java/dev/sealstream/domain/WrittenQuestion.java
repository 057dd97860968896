package dev.sealstream.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A question that a model wrote about a passage in the form of self-QA: {@code Question 2: … Answer: …}, in one line or in two.
 *
 * @param answer what the model wrote with it; what counts as right is voted on ({@link AskedQuestion})
 * @param cue the text as written behind the question's label, up to the label of the answer and with it: whoever reads it
 *     behind the passage goes on with an answer
 */
public record WrittenQuestion(String question, String answer, String cue) {
    private static final String QUESTION_LABEL = "Question\\s*\\d*\\s*:";
    private static final String ANSWER_LABEL = "Answer\\s*\\d*\\s*:";
    private static final Pattern PAIR = Pattern.compile(QUESTION_LABEL + "\\s*"
            + "(?<cue>(?<question>(?:(?!" + QUESTION_LABEL + "|" + ANSWER_LABEL + ").)+?)\\s*" + ANSWER_LABEL + ")"
            + "\\s*(?<answer>(?:(?!" + QUESTION_LABEL + ").)+)");

    public WrittenQuestion {
        Require.nonBlank("question", question);
        Require.nonBlank("answer", answer);
        Require.nonBlank("cue", cue);
    }

    /**
     * The questions of one completion, in order, less those that give their answer away.
     *
     * @param written the completion, behind the label of its first question where the prompt ends with that
     */
    public static List<WrittenQuestion> in(String written) {
        var questions = new ArrayList<WrittenQuestion>();
        var pair = PAIR.matcher(written);
        while (pair.find()) {
            String question = Texts.strip(pair.group("question"));
            String answer = Texts.strip(pair.group("answer"));
            if (!question.isEmpty() && asksSomething(question, answer)) {
                questions.add(new WrittenQuestion(question, answer, pair.group("cue")));
            }
        }
        return questions;
    }

    private static boolean asksSomething(String question, String answer) {
        String asked = SquadText.normalized(question);
        String said = SquadText.normalized(answer);
        return !asked.isEmpty() && !said.isEmpty() && !(" " + asked + " ").contains(" " + said + " ");
    }
}
