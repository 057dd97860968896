package dev.sealstream.policymodel;

import dev.sealstream.domain.Accuracy;
import dev.sealstream.domain.GradedAnswer;
import dev.sealstream.domain.Grader;
import dev.sealstream.domain.Verdict;
import dev.sealstream.eventstreaming.TransientFaultException;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * One candidate's exam: every answer with its verdict, or why it could not be graded.
 *
 * @param answers one for each question, in order; empty when a verdict was withheld
 * @param withheld why the grader could not tell, or null
 */
public record Sitting(List<GradedAnswer> answers, String withheld) {
    public Sitting {
        answers = List.copyOf(answers);
        if (answers.isEmpty() == (withheld == null)) {
            throw new IllegalArgumentException("a sitting has " + answers.size() + " graded answers and withheld '"
                    + withheld + "'; allowed: answers or a reason, not both");
        }
    }

    /** One withheld verdict spoils the sitting: a mean over the other answers would be of another exam. */
    static Sitting of(List<Grader.Answer> answers, List<Verdict> verdicts) {
        var graded = new ArrayList<GradedAnswer>();
        for (int i = 0; i < answers.size(); i++) {
            if (verdicts.get(i) instanceof Verdict.Given given) {
                graded.add(given.on(answers.get(i)));
            } else if (verdicts.get(i) instanceof Verdict.Withheld withheld) {
                return new Sitting(List.of(), withheld.reason());
            }
        }
        return new Sitting(graded, null);
    }

    public boolean graded() {
        return withheld == null;
    }

    /** @throws TransientFaultException if the answers could not be graded: the grader may be back later */
    public BigDecimal accuracy() {
        if (!graded()) {
            throw new TransientFaultException(withheld);
        }
        return Accuracy.of(answers);
    }
}
