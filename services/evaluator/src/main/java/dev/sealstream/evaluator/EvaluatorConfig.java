package dev.sealstream.evaluator;

import dev.sealstream.domain.RepeatRule;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;

/** How candidates are measured, and when a group is measured again. */
@ConfigMapping(prefix = "seal.evaluator")
public interface EvaluatorConfig {
    /** Self-edits (and passage-only adapters) for each benchmark document; more make the measurement less noisy and slower. */
    @Min(1)
    @WithDefault("2")
    int benchmarkSamples();

    /**
     * Held-out documents for a candidate that teaches one datum; more notice smaller harm, and take longer for each datum that
     * is learnt for good. A policy candidate meets all of them.
     */
    @Min(2)
    @WithDefault("16")
    int knowledgeBenchmarkDocuments();

    /**
     * Held-out documents that a candidate of the archive search meets first; only a promising one meets the others. More misjudge
     * less often and take longer for what comes to nothing.
     */
    @Min(2)
    @WithDefault("8")
    int firstDocuments();

    /**
     * How many standard errors below zero the gain on these may lie before a candidate is given up; more give up less often and
     * take longer.
     */
    @DecimalMin("0")
    @WithDefault("1.0")
    double promisingStandardErrors();

    /** Data learnt earlier that every candidate is asked about; more notice more of what it would forget. */
    @Min(1)
    @WithDefault("16")
    int earlierData();

    /** Answers before and after that a measurement shows to people; more are more to read. */
    @Min(0)
    @WithDefault("12")
    int answersShown();

    /**
     * Most repeats of a self-edit whose place in its group is uncertain; more make rewards reliable where it matters and cost
     * time. No further repeats are asked for where this is not above {@code seal.inner-loop.repeats}.
     */
    @Min(1)
    @WithDefault("6")
    int repeatsMax();

    /** Repeats asked for at a time; more take fewer goes and train some that turn out not to be needed. */
    @Min(1)
    @WithDefault("2")
    int repeatsAtOnce();

    /** A self-edit is measured again while it is better than the group's best with more than this probability; 0.5 at most. */
    @Positive
    @DecimalMax("0.5")
    @WithDefault("0.3")
    double repeatsDoubt();

    default RepeatRule repeatRule() {
        return new RepeatRule(repeatsMax(), repeatsAtOnce(), repeatsDoubt());
    }
}
