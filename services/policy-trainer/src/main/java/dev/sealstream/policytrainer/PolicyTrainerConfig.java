package dev.sealstream.policytrainer;

import dev.sealstream.languagemodel.LearningRateDecay;
import dev.sealstream.languagemodel.LoraSettings;
import dev.sealstream.languagemodel.LossMean;
import dev.sealstream.languagemodel.TrainingSettings;
import dev.sealstream.policymodel.PolicyTraining;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;

/** The outer loop. Defaults suit the tiny model; {@code seal.recipe=faithful} has SEAL's. */
@ConfigMapping(prefix = "seal.policy-trainer")
public interface PolicyTrainerConfig {
    /** The one lineage this trainer serves; run one trainer for each. */
    @NotBlank
    @WithDefault("main")
    String lineage();

    /** Rollout groups in a round; more make a step less noisy and rarer. */
    @Min(1)
    @WithDefault("50")
    int roundSize();

    /** Rank of the policy's weight change. */
    @Min(1)
    @WithDefault("32")
    int rank();

    /** Scale of the change is alpha / rank; larger values move the policy further. */
    @Positive
    @WithDefault("64")
    double alpha();

    /** First step size, falling linearly to zero; larger values imitate the selected self-edits more closely. */
    @Positive
    @WithDefault("0.002")
    double learningRate();

    /** Passes over the selected self-edits; more imitate them more closely and lose diversity. */
    @Min(1)
    @WithDefault("4")
    int epochs();

    /** Self-edits in one optimizer step. */
    @Min(1)
    @WithDefault("5")
    int batchSize();

    /** Decay of Adam's second moment; smaller values forget within the few steps of a round. */
    @DecimalMin("0")
    @DecimalMax(value = "1", inclusive = false)
    @WithDefault("0.99")
    double beta2();

    default PolicyTraining training() {
        // The loss is averaged over the batch's tokens: averaging over sequences taught the tiny policy to write less.
        var training = new TrainingSettings(
                epochs(), batchSize(), learningRate(), LearningRateDecay.LINEAR, 0.9, beta2(), 0.0, LossMean.TOKENS);
        return new PolicyTraining(new LoraSettings(rank(), alpha(), LoraSettings.ALL_LINEAR), training);
    }
}
