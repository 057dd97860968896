package dev.sealstream.workerruntime;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** Up while every stage of the service runs; a stage that gave up makes the service neither ready nor live. */
@Liveness
@Readiness
@Singleton
class StagesHealth implements HealthCheck {
    private final WorkerRuntime runtime;

    StagesHealth(WorkerRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("stages")
                .status(runtime.allStagesAlive())
                .build();
    }
}
