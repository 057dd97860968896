package dev.sealstream.workerruntime;

import dev.sealstream.languagemodel.LearningRateDecay;
import dev.sealstream.languagemodel.LoraSettings;
import dev.sealstream.languagemodel.LossMean;
import dev.sealstream.languagemodel.TrainingSettings;
import dev.sealstream.policymodel.Forgetting;
import dev.sealstream.policymodel.ForgettingSettings;
import dev.sealstream.policymodel.InnerLoopSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;

import java.util.Set;

/** How an adapter learns a self-edit. Update worker and evaluator must agree, since the benchmark repeats what the update worker does. */
@ConfigMapping(prefix = "seal.inner-loop")
public interface InnerLoopConfig {
    /** Adapter rank; a larger one holds more and costs memory. */
    @Min(1)
    @WithDefault("16")
    int rank();

    /** Scale of the update is alpha / rank; larger values learn faster and forget more. */
    @Positive
    @WithDefault("32")
    double alpha();

    /** Step size; larger values learn more from few steps and diverge earlier. */
    @Positive
    @WithDefault("0.01")
    double learningRate();

    /** Passes over the edit's sequences; more imprint every style and blur the difference between good and bad. */
    @Min(1)
    @WithDefault("6")
    int epochs();

    /** Sequences in one optimizer step; 0 takes all of them at once. */
    @Min(0)
    @WithDefault("0")
    int batchSize();

    /** NONE or LINEAR (to zero at the last step). */
    @WithDefault("NONE")
    LearningRateDecay decay();

    /**
     * Adapters trained for each self-edit at first; more make the reward less noisy and cost proportionally. Where the ranking
     * stays uncertain the evaluator asks for more.
     */
    @Min(1)
    @WithDefault("2")
    int repeats();

    /** Decay of Adam's second moment; smaller values forget within the few steps of an inner loop. */
    @DecimalMin("0")
    @DecimalMax(value = "1", inclusive = false)
    @WithDefault("0.99")
    double beta2();

    /**
     * Tokens that every sequence is filled up to, at most the model's window; the filling is learnt like text, which costs
     * about forty times more. 0 fills nothing.
     */
    @Min(0)
    @WithDefault("0")
    int paddedTokens();

    /**
     * Against forgetting what was learnt for good: NONE (plain merging), GATED (adapters beside the weights, switched on by
     * questions that name the document), or any of REPLAY, KL, L2 and ORTHOGONAL, which merge and guard in the loss. Matters for
     * ADAPT data alone.
     */
    @WithDefault("GATED")
    Set<Forgetting> forgetting();

    /** Earlier lessons that one update replays at most; more cost time in proportion and forget less. */
    @Min(1)
    @Max(1000)
    @WithDefault("16")
    int replayLessonsMax();

    /** What a replayed lesson counts for against the new one; larger values keep more and learn less. */
    @DecimalMin("0")
    @DecimalMax("100")
    @WithDefault("1")
    double replayWeight();

    /** Weight of the divergence from the head's predictions; larger values keep more and learn less. */
    @DecimalMin("0")
    @DecimalMax("1000")
    @WithDefault("10")
    double klWeight();

    /** Texts on which the divergence is taken in each step at most; more cost time in proportion. */
    @Min(1)
    @Max(1000)
    @WithDefault("20")
    int anchorsMax();

    /** Weight of the squared norm of the weight change; larger values keep more and learn less. */
    @DecimalMin("0")
    @DecimalMax("100")
    @WithDefault("0.01")
    double l2Weight();

    /** Weight of overlap with what earlier deltas read; larger values turn new ones further away. */
    @DecimalMin("0")
    @DecimalMax("100")
    @WithDefault("1")
    double overlapWeight();

    default ForgettingSettings forgettingSettings() {
        return new ForgettingSettings(
                forgetting(),
                replayLessonsMax(),
                replayWeight(),
                klWeight(),
                anchorsMax(),
                l2Weight(),
                overlapWeight());
    }

    default InnerLoopSettings settings() {
        var training = new TrainingSettings(
                epochs(), batchSize(), learningRate(), decay(), 0.9, beta2(), 0.0, LossMean.TOKENS);
        var lora = new LoraSettings(rank(), alpha(), LoraSettings.ALL_LINEAR);
        return new InnerLoopSettings(lora, training, repeats(), paddedTokens(), forgettingSettings());
    }
}
