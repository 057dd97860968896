package dev.sealstream.evaluator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;

/** How candidates are measured. */
@ConfigMapping(prefix = "seal.evaluator")
public interface EvaluatorConfig {
    /** Self-edits (and passage-only adapters) for each benchmark document; more make the measurement less noisy and slower. */
    @Min(1)
    @WithDefault("2")
    int benchmarkSamples();
}
