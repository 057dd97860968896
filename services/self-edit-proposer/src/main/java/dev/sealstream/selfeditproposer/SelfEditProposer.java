package dev.sealstream.selfeditproposer;

import dev.sealstream.eventstreaming.Topics;
import dev.sealstream.policymodel.SelfEditSampler;
import dev.sealstream.workerruntime.ExamConfig;
import dev.sealstream.workerruntime.LabelFreeConfig;
import dev.sealstream.workerruntime.PromptConfig;
import dev.sealstream.workerruntime.SamplingConfig;
import dev.sealstream.workerruntime.WorkerRuntime;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Wires the service: new data in, self-edits out. */
@Singleton
class SelfEditProposer {
    void start(
            @Observes StartupEvent event,
            WorkerRuntime runtime,
            SamplingConfig sampling,
            PromptConfig prompt,
            ExamConfig exam,
            LabelFreeConfig labelFree) {
        var sampler = new SelfEditSampler(sampling.settings(), prompt.form());
        runtime.run(
                "self-edit-proposer",
                Topics.NEW_DATA,
                new ProposalPipeline(runtime.loadModel(), sampler, labelFree.questions(sampling, exam, prompt)));
    }
}
