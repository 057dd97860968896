package dev.sealstream.updateworker;

import dev.sealstream.domain.RepeatsWanted;
import dev.sealstream.eventstreaming.Emissions;
import dev.sealstream.eventstreaming.Result;
import dev.sealstream.eventstreaming.Stage;
import dev.sealstream.eventstreaming.Topics;

/**
 * Wanted repeats become adapters: what the evaluator finds missing for a certain ranking is trained as the first repeats
 * were, and the group goes back to it with all it has by now. A group that has become stale meanwhile is cancelled.
 */
final class RepeatPipeline implements Stage<RepeatsWanted> {
    private final UpdateTraining training;

    RepeatPipeline(UpdateTraining training) {
        this.training = training;
    }

    @Override
    public Result process(RepeatsWanted repeats) {
        var group = repeats.trained().proposal();
        return Result.emit(training.cancelled(group).orElseGet(() -> {
            var further = training.train(group, repeats.wanted());
            return Emissions.of(Topics.UPDATES, repeats.trained().plus(further));
        }));
    }
}
