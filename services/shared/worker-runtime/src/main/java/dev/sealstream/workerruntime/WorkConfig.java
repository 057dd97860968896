package dev.sealstream.workerruntime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;

import java.time.Duration;

/** How a worker deals with old work and with being stopped. */
@ConfigMapping(prefix = "seal.work")
public interface WorkConfig {
    /** Versions a policy may be behind the head; older work is cancelled. A larger value wastes less and learns from older policies. */
    @Min(0)
    @WithDefault("1")
    long stalenessMax();

    /**
     * How long one task may take before the worker counts as hung and is no longer live, as when a call into the device never
     * returns; longer than the longest measurement of a candidate, or that is never finished.
     */
    @WithDefault("1h")
    Duration taskMax();

    /** How long a stopping worker may finish the task in hand before it is handed back. */
    @WithDefault("30s")
    Duration gracePeriod();
}
