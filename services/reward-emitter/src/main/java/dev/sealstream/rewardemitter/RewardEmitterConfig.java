package dev.sealstream.rewardemitter;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** Settings of the reward emitter. */
@ConfigMapping(prefix = "seal.reward-emitter")
public interface RewardEmitterConfig {

    /**
     * How long a group is remembered, complete or not. Longer recognises later duplicates and waits for later members,
     * and costs memory for each group; the default is how long {@code seal.outcomes} keeps records, after which none can
     * come again.
     */
    @WithDefault("P14D")
    Duration rememberFor();
}
