package dev.sealstream.updateworker;

import dev.sealstream.domain.AdapterUpdate;
import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.Ids;
import dev.sealstream.domain.Outcome;
import dev.sealstream.domain.RolloutEnded;
import dev.sealstream.domain.SelfEditsProposed;
import dev.sealstream.domain.UpdateWanted;
import dev.sealstream.eventstreaming.Emissions;
import dev.sealstream.eventstreaming.Topics;
import dev.sealstream.languagemodel.TrainedAdapter;
import dev.sealstream.policymodel.AdapterArtifacts;
import dev.sealstream.policymodel.InnerLoop;
import dev.sealstream.policymodel.ModelHost;
import dev.sealstream.policymodel.Past;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Trains wanted updates of a group on the weights that wrote its self-edits, in lock-step, and stores the adapters. The two
 * pipelines of the service share one, and with it one model, which serves one task at a time.
 */
final class UpdateTraining {
    private final ModelHost models;
    private final InnerLoop innerLoop;
    private final AdapterArtifacts artifacts;
    private final long stalenessMax;

    UpdateTraining(ModelHost models, InnerLoop innerLoop, AdapterArtifacts artifacts, long stalenessMax) {
        this.models = models;
        this.innerLoop = innerLoop;
        this.artifacts = artifacts;
        this.stalenessMax = stalenessMax;
    }

    List<UpdateWanted> firstUpdates(SelfEditsProposed group) {
        return innerLoop.firstUpdates(group);
    }

    /**
     * The end of all the group's rollouts where its policy is too far behind the head to be trained on. What is to be learnt for
     * good is never cancelled: the document would be lost, and the gate tests its delta on the head in any case.
     */
    Optional<Emissions> cancelled(SelfEditsProposed group) {
        if (group.datum().mode() == DataMode.ADAPT) {
            return Optional.empty();
        }
        OptionalLong staleness;
        synchronized (models) {
            staleness = models.staleness(group.datum().lineage(), group.datum().mode(), group.policyVersion());
        }
        if (staleness.isPresent() && staleness.getAsLong() <= stalenessMax) {
            return Optional.empty();
        }
        String written = "stale: written by version " + group.policyVersion();
        var outcome = new Outcome.Cancelled(
                staleness.isPresent()
                        ? written + ", " + staleness.getAsLong() + " versions behind the head, allowed: " + stalenessMax
                        : written
                                + ", from which nothing goes on: the head was rolled back or the search went elsewhere");
        var emissions = new Emissions();
        for (var selfEdit : group.selfEdits()) {
            emissions.add(Topics.OUTCOMES, RolloutEnded.of(group, selfEdit, null, outcome));
        }
        return Optional.of(emissions);
    }

    List<AdapterUpdate> train(SelfEditsProposed group, List<UpdateWanted> wanted) {
        List<TrainedAdapter> trained;
        synchronized (models) {
            String lineage = group.datum().lineage();
            var model = models.version(lineage, group.policyVersion(), group.weightsHash());
            var past = innerLoop.needsPast(group) ? models.past(lineage, model) : Past.NONE;
            trained = innerLoop.train(model, group, wanted, past);
        }
        var updates = new ArrayList<AdapterUpdate>();
        for (int i = 0; i < wanted.size(); i++) {
            updates.add(update(wanted.get(i), trained.get(i)));
        }
        return updates;
    }

    private AdapterUpdate update(UpdateWanted wanted, TrainedAdapter trained) {
        if (trained.hasFailed()) {
            return AdapterUpdate.failed(wanted.selfEditId(), wanted.repeat(), trained.failure());
        }
        if (!trained.adapter().isFinite()) {
            return AdapterUpdate.failed(
                    wanted.selfEditId(),
                    wanted.repeat(),
                    "training diverged: the adapter holds NaN or infinite values; lower the inner loop's learning rate");
        }
        var change = trained.adapter().weightChange();
        var losses = new ArrayList<Float>();
        for (float loss : trained.lossCurve()) {
            losses.add(loss);
        }
        return new AdapterUpdate(
                Ids.update(wanted.selfEditId(), wanted.repeat()),
                wanted.selfEditId(),
                wanted.repeat(),
                artifacts.put(trained.adapter()),
                null,
                losses,
                change.frobeniusNorm(),
                change.largestSingularValue());
    }
}
