package dev.sealstream.workerruntime;

import dev.sealstream.policymodel.SamplingSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;

/** How self-edits are sampled. Proposer and evaluator must agree, since the benchmark repeats what the proposer does. */
@ConfigMapping(prefix = "seal.sampling")
public interface SamplingConfig {
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
