package dev.sealstream.workerruntime;

import dev.sealstream.policymodel.LabelFreeQuestions;
import dev.sealstream.policymodel.LabelFreeSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;

/**
 * How an {@code ADAPT} document that people sent without questions gets some. Proposer and evaluator must agree, since the
 * evaluator works the questions out again instead of believing a candidate.
 */
@ConfigMapping(prefix = "seal.label-free")
public interface LabelFreeConfig {
    /** Completions that questions are taken from; more find more of what can be asked and cost time in proportion. */
    @Min(1)
    @WithDefault("16")
    int samples();

    /** Most questions to keep; more measure a document more closely and cost an answer each wherever it is measured. */
    @Min(1)
    @WithDefault("12")
    int questionsMax();

    /** Answers to each question that a majority is looked for in; more make the vote surer and cost time. */
    @Min(2)
    @WithDefault("8")
    int votes();

    /** Least share of the answers that must be the same; a higher share keeps fewer questions, and more of them right. */
    @DecimalMin(value = "0.5", inclusive = false)
    @DecimalMax("1")
    @WithDefault("0.75")
    double shareMin();

    default LabelFreeSettings settings() {
        return new LabelFreeSettings(samples(), questionsMax(), votes(), shareMin());
    }

    default LabelFreeQuestions questions(SamplingConfig sampling, ExamConfig exam, PromptConfig prompt) {
        return new LabelFreeQuestions(settings(), sampling.settings(), exam.answerTokensMax(), prompt.form());
    }
}
