package dev.sealstream.updateworker;

import dev.sealstream.domain.AdapterUpdate;
import dev.sealstream.domain.AdaptersTrained;
import dev.sealstream.domain.Ids;
import dev.sealstream.domain.Outcome;
import dev.sealstream.domain.RolloutEnded;
import dev.sealstream.domain.SelfEdit;
import dev.sealstream.domain.SelfEditsProposed;
import dev.sealstream.eventstreaming.Emissions;
import dev.sealstream.eventstreaming.Result;
import dev.sealstream.eventstreaming.Stage;
import dev.sealstream.eventstreaming.Topics;
import dev.sealstream.languagemodel.TrainedAdapter;
import dev.sealstream.policymodel.AdapterArtifacts;
import dev.sealstream.policymodel.InnerLoop;
import dev.sealstream.policymodel.ModelHost;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Self-edits become adapters: θ' = SFT(θ, edit) on the weights that wrote the edit, R repeats each, the whole group in
 * lock-step. Adapters go to the artifact store, their references and what the weight change looks like go out. A group
 * whose policy is too far behind the head is not trained: all its rollouts end here as cancelled.
 */
final class UpdatePipeline implements Stage<SelfEditsProposed> {
    private final ModelHost models;
    private final InnerLoop innerLoop;
    private final AdapterArtifacts artifacts;
    private final long stalenessMax;

    UpdatePipeline(ModelHost models, InnerLoop innerLoop, AdapterArtifacts artifacts, long stalenessMax) {
        this.models = models;
        this.innerLoop = innerLoop;
        this.artifacts = artifacts;
        this.stalenessMax = stalenessMax;
    }

    @Override
    public Result process(SelfEditsProposed group) {
        String lineage = group.datum().lineage();
        long staleness = models.staleness(lineage, group.policyVersion());
        if (staleness > stalenessMax) {
            return Result.emit(cancelled(
                    group,
                    "stale: written by version " + group.policyVersion() + ", " + staleness
                            + " versions behind the head, allowed: " + stalenessMax));
        }
        var model = models.version(lineage, group.policyVersion(), group.weightsHash());
        var trained = innerLoop.train(model, group);
        return Result.emit(new Emissions().add(Topics.UPDATES, new AdaptersTrained(group, updates(group, trained))));
    }

    private static Emissions cancelled(SelfEditsProposed group, String reason) {
        var emissions = new Emissions();
        for (var selfEdit : group.selfEdits()) {
            emissions.add(Topics.OUTCOMES, RolloutEnded.of(group, selfEdit, null, new Outcome.Cancelled(reason)));
        }
        return emissions;
    }

    private List<AdapterUpdate> updates(SelfEditsProposed group, List<TrainedAdapter> trained) {
        var updates = new ArrayList<AdapterUpdate>();
        var next = trained.iterator();
        int repeats = innerLoop.repeats(group.datum());
        for (var selfEdit : group.selfEdits()) {
            for (int repeat = 0; selfEdit.valid() && repeat < repeats; repeat++) {
                updates.add(update(selfEdit, repeat, next));
            }
        }
        return updates;
    }

    private AdapterUpdate update(SelfEdit selfEdit, int repeat, Iterator<TrainedAdapter> next) {
        var trained = next.next();
        if (trained.hasFailed()) {
            return AdapterUpdate.failed(selfEdit.selfEditId(), repeat, trained.failure());
        }
        if (!trained.adapter().isFinite()) {
            return AdapterUpdate.failed(
                    selfEdit.selfEditId(),
                    repeat,
                    "training diverged: the adapter holds NaN or infinite values; lower the inner loop's learning rate");
        }
        var change = trained.adapter().weightChange();
        var losses = new ArrayList<Float>();
        for (float loss : trained.lossCurve()) {
            losses.add(loss);
        }
        return new AdapterUpdate(
                Ids.update(selfEdit.selfEditId(), repeat),
                selfEdit.selfEditId(),
                repeat,
                artifacts.put(trained.adapter()),
                null,
                losses,
                change.frobeniusNorm(),
                change.largestSingularValue());
    }
}
