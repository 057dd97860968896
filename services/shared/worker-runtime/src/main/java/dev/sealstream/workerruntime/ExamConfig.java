package dev.sealstream.workerruntime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;

/** How models are questioned. */
@ConfigMapping(prefix = "seal.exam")
public interface ExamConfig {
    /** Longest answer in tokens; SEAL uses 64. A larger value costs time for models that do not stop. */
    @Min(1)
    @WithDefault("64")
    int answerTokensMax();
}
