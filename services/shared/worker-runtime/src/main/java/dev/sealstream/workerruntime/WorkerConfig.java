package dev.sealstream.workerruntime;

import dev.sealstream.languagemodel.LearningRateDecay;
import dev.sealstream.languagemodel.LoraSettings;
import dev.sealstream.languagemodel.LossMean;
import dev.sealstream.languagemodel.TrainingSettings;
import dev.sealstream.policymodel.InnerLoopSettings;
import dev.sealstream.policymodel.SamplingSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What every GPU worker needs to know. Proposer, update worker and evaluator must agree on {@code sampling},
 * {@code inner-loop} and {@code exam}, since the benchmark repeats what they do.
 */
@ConfigMapping(prefix = "seal")
public interface WorkerConfig {
    Kafka kafka();

    Registry registry();

    Artifacts artifacts();

    Model model();

    Sampling sampling();

    InnerLoop innerLoop();

    Exam exam();

    Work work();

    interface Kafka {
        /** Brokers to begin with, as host:port, comma-separated. */
        @NotBlank
        @WithDefault("localhost:19092")
        String bootstrapServers();
    }

    interface Registry {
        /** Core API of the schema registry. */
        @NotBlank
        @WithDefault("http://localhost:18081/apis/registry/v3")
        String url();
    }

    interface Artifacts {
        /** Directory of the content-addressed artifact store, shared by all workers. */
        @WithDefault(".seal/artifacts")
        Path directory();
    }

    interface Model {
        /** Base model in Hugging Face's layout; every worker of a lineage must hold the same one. */
        Path directory();

        /** What adapter_config.json names as the base model. */
        @NotBlank
        @WithDefault("sealstream/tiny-world")
        String name();

        /** Where tensors live: cpu or cuda:N. */
        @NotBlank
        @WithDefault("cpu")
        String device();

        /** Threads of one tensor operation; more speed up large models and slow down small ones on a busy machine. */
        @Min(1)
        @WithDefault("1")
        int threads();
    }

    interface Sampling {
        /** Self-edits a datum (G); more give selection more to choose from and cost proportionally. */
        @Min(1)
        @WithDefault("5")
        int groupSize();

        /** Higher values make self-edits more diverse and more often wrong. */
        @DecimalMin("0")
        @WithDefault("1.0")
        double temperature();

        /** Tokens are drawn from the smallest set with this probability; higher values let rarer tokens in. */
        @Positive
        @WithDefault("0.95")
        double topP();

        /** Longest self-edit in tokens; a larger value costs time for edits that ramble. */
        @Min(1)
        @WithDefault("200")
        int tokensMax();

        default SamplingSettings settings() {
            return new SamplingSettings(groupSize(), temperature(), topP(), tokensMax());
        }
    }

    interface InnerLoop {
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

        /** Adapters trained for each self-edit; more make the reward less noisy and cost proportionally. */
        @Min(1)
        @WithDefault("3")
        int repeats();

        default InnerLoopSettings settings() {
            // Moments that forget within the few steps of an inner loop: Adam (0.9, 0.99), no weight decay.
            var training = new TrainingSettings(
                    epochs(), batchSize(), learningRate(), decay(), 0.9, 0.99, 0.0, LossMean.TOKENS);
            return new InnerLoopSettings(
                    new LoraSettings(rank(), alpha(), LoraSettings.ALL_LINEAR), training, repeats());
        }
    }

    interface Exam {
        /** Longest answer in tokens; SEAL uses 64. A larger value costs time for models that do not stop. */
        @Min(1)
        @WithDefault("64")
        int answerTokensMax();
    }

    interface Work {
        /** Versions a policy may be behind the head; older work is cancelled. A larger value wastes less and learns from older policies. */
        @Min(0)
        @WithDefault("1")
        long stalenessMax();

        /** How long a stopping worker may finish the task in hand before it is handed back. */
        @WithDefault("30s")
        Duration gracePeriod();
    }
}
