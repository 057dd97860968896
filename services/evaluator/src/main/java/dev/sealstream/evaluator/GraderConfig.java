package dev.sealstream.evaluator;

import dev.sealstream.domain.TextGrader;
import dev.sealstream.policymodel.ClosedBookExam;
import dev.sealstream.policymodel.Exam;
import dev.sealstream.policymodel.LogProbabilityExam;
import dev.sealstream.policymodel.PromptForm;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;

import java.util.function.Supplier;

/** How answers are graded. */
@ConfigMapping(prefix = "seal.grader")
public interface GraderConfig {
    String ALLOWED = "exact-match, f1, contains, log-probability, judge";

    /**
     * {@code exact-match}, {@code f1} and {@code contains} compare texts; {@code log-probability} scores the expected answer
     * without asking, which is less noisy and cheaper; {@code judge} asks another model and costs a request an answer.
     */
    @WithParentName
    @WithDefault("exact-match")
    String name();

    /** @param judge made only where it is asked for, since it needs an address */
    default Exam exam(int answerTokensMax, PromptForm form, Supplier<Judge> judge) {
        return switch (name()) {
            case "exact-match" -> new ClosedBookExam(answerTokensMax, form, TextGrader.EXACT_MATCH);
            case "f1" -> new ClosedBookExam(answerTokensMax, form, TextGrader.F1);
            case "contains" -> new ClosedBookExam(answerTokensMax, form, TextGrader.CONTAINS);
            case "log-probability" -> new LogProbabilityExam(form);
            case "judge" -> new ClosedBookExam(answerTokensMax, form, judge.get());
            default -> throw new IllegalArgumentException("seal.grader is '" + name() + "'; allowed: " + ALLOWED);
        };
    }
}
