package dev.sealstream.checkpointgate;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of the checkpoint gate. */
@ConfigMapping(prefix = "seal.checkpoint-gate")
public interface CheckpointGateConfig {

    /**
     * Largest accepted drop of what the model knows without an update, or learns from a passage alone, in accuracy from
     * 0 to 1; larger releases more and forgets more.
     */
    @WithDefault("0.05")
    double tolerance();

    /**
     * How many standard errors of the paired difference the gain on the benchmark must lie above zero; larger releases
     * less and is wrong less often.
     */
    @WithDefault("1.0")
    double gainStandardErrors();

    /**
     * Largest accepted Frobenius norm of a candidate's weight change; larger lets wilder changes in. The default only
     * stops changes that are out of all proportion; a model's own history gives a tighter value.
     */
    @WithDefault("100.0")
    double frobeniusNormMax();

    /** Whether a person has to agree: NEVER, or ALWAYS, which holds what passes the rule until an approval comes. */
    @WithDefault("NEVER")
    Approval approval();
}
