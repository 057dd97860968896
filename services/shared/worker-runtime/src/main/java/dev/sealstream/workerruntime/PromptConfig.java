package dev.sealstream.workerruntime;

import dev.sealstream.policymodel.PromptForm;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How models are spoken to. Proposer and evaluator must agree. */
@ConfigMapping(prefix = "seal.prompt")
public interface PromptConfig {
    /**
     * {@code base} (a text to continue) or {@code instruct} (a conversation in the model's own chat template, which it must
     * have).
     */
    @WithDefault("base")
    PromptForm form();
}
