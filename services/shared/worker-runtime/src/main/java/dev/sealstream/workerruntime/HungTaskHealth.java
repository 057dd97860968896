package dev.sealstream.workerruntime;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Down once a task takes longer than any should: only a restart ends a call into the device that never returns. */
@Liveness
@Singleton
class HungTaskHealth implements HealthCheck {
    private final WorkerRuntime runtime;

    HungTaskHealth(WorkerRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public HealthCheckResponse call() {
        var hung = runtime.hungStages();
        var response = HealthCheckResponse.named("tasks in hand").status(hung.isEmpty());
        hung.forEach((stage, inHand) -> response.withData(stage, "in hand for " + inHand.toSeconds() + " s"));
        return response.build();
    }
}
