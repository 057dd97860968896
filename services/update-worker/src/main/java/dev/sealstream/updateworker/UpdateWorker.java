package dev.sealstream.updateworker;

import dev.sealstream.eventstreaming.Topics;
import dev.sealstream.policymodel.InnerLoop;
import dev.sealstream.workerruntime.InnerLoopConfig;
import dev.sealstream.workerruntime.WorkConfig;
import dev.sealstream.workerruntime.WorkerRuntime;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Wires the service: self-edits in, adapters out; wanted repeats in, further adapters out. */
@Singleton
class UpdateWorker {
    void start(@Observes StartupEvent event, WorkerRuntime runtime, InnerLoopConfig innerLoop, WorkConfig work) {
        var training = new UpdateTraining(
                runtime.loadModel(),
                new InnerLoop(innerLoop.settings()),
                runtime.adapterArtifacts(),
                work.stalenessMax());
        runtime.run("update-worker", Topics.SELF_EDITS, new UpdatePipeline(training));
        runtime.run("update-worker-repeats", Topics.REPEATS, new RepeatPipeline(training));
        runtime.collectArtifacts();
    }
}
