package dev.sealstream.policytrainer;

import dev.sealstream.eventstreaming.Topics;
import dev.sealstream.workerruntime.WorkConfig;
import dev.sealstream.workerruntime.WorkerRuntime;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Wires the service: experiences in, candidates out. */
@Singleton
class PolicyTrainer {
    void start(@Observes StartupEvent event, WorkerRuntime runtime, WorkConfig work, PolicyTrainerConfig config) {
        var pipeline = new PolicyTrainingPipeline(
                config.lineage(),
                runtime.loadModel(),
                config.training(),
                runtime.adapterArtifacts(),
                config.roundSize(),
                work.stalenessMax());
        // A trainer for each lineage reads all experiences, so each has a consumer group of its own.
        runtime.run("policy-trainer-" + config.lineage(), Topics.EXPERIENCES, pipeline);
    }
}
