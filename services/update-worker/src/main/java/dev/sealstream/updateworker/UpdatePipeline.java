package dev.sealstream.updateworker;

import dev.sealstream.domain.AdaptersTrained;
import dev.sealstream.domain.SelfEditsProposed;
import dev.sealstream.eventstreaming.Emissions;
import dev.sealstream.eventstreaming.Result;
import dev.sealstream.eventstreaming.Stage;
import dev.sealstream.eventstreaming.Topics;

/**
 * Self-edits become adapters: θ' = SFT(θ, edit) on the weights that wrote the edit, the first repeats of each, the whole
 * group in lock-step. Adapters go to the artifact store, their references and what the weight change looks like go out. A
 * group whose policy is too far behind the head is not trained: all its rollouts end here as cancelled.
 */
final class UpdatePipeline implements Stage<SelfEditsProposed> {
    private final UpdateTraining training;

    UpdatePipeline(UpdateTraining training) {
        this.training = training;
    }

    @Override
    public Result process(SelfEditsProposed group) {
        return Result.emit(training.cancelled(group).orElseGet(() -> {
            var updates = training.train(group, training.firstUpdates(group));
            return Emissions.of(Topics.UPDATES, new AdaptersTrained(group, updates));
        }));
    }
}
