package dev.sealstream.evaluator;

import dev.sealstream.domain.Accuracy;
import dev.sealstream.domain.AdapterUpdate;
import dev.sealstream.domain.AdaptersTrained;
import dev.sealstream.domain.GradedAnswer;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.Outcome;
import dev.sealstream.domain.RepeatScore;
import dev.sealstream.domain.RolloutEnded;
import dev.sealstream.domain.SelfEdit;
import dev.sealstream.domain.SelfEditsProposed;
import dev.sealstream.eventstreaming.Emissions;
import dev.sealstream.eventstreaming.Result;
import dev.sealstream.eventstreaming.Stage;
import dev.sealstream.eventstreaming.Topics;
import dev.sealstream.languagemodel.InsufficientMemoryException;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.LoraAdapter;
import dev.sealstream.languagemodel.Prompt;
import dev.sealstream.policymodel.ClosedBookExam;
import dev.sealstream.policymodel.ModelHost;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Updates become outcomes: every adapter of a group answers the datum's questions closed-book in one batch; then each
 * rollout of the group ends in exactly one event. The model without an adapter (the baseline) is asked once for each
 * datum and version.
 */
final class EvaluationPipeline implements Stage<AdaptersTrained> {
    private final ModelHost models;
    private final ClosedBookExam exam;
    private final BaselineMemory baselines = new BaselineMemory();

    EvaluationPipeline(ModelHost models, ClosedBookExam exam) {
        this.models = models;
        this.exam = exam;
    }

    @Override
    public Result process(AdaptersTrained trained) {
        // The model host serves one task at a time; the benchmark pipeline shares it.
        synchronized (models) {
            return Result.emit(outcomes(trained));
        }
    }

    private Emissions outcomes(AdaptersTrained trained) {
        var group = trained.proposal();
        var datum = group.datum();
        var model = models.version(datum.lineage(), group.policyVersion(), group.weightsHash());
        var adapters = new ArrayList<LoraAdapter>();
        var sittings = new ArrayList<ClosedBookExam.Candidate>();
        var updates = new ArrayList<AdapterUpdate>();
        for (var update : trained.updates()) {
            if (update.adapter() != null) {
                sittings.add(new ClosedBookExam.Candidate(datum, adapters.size()));
                adapters.add(models.adapter(update.adapter()));
                updates.add(update);
            }
        }
        double baseline;
        List<List<GradedAnswer>> answers;
        try {
            // In a batch of its own, so that the answers below never depend on whether it was known.
            baseline = baselines.recall(model.weightsHash(), datum, () -> baseline(model.model(), datum));
            answers = exam.sit(model.model(), sittings, adapters);
        } catch (InsufficientMemoryException e) {
            return failed(group, "the exam: " + e.getMessage());
        }
        Map<String, List<GradedAnswer>> answersByUpdate = new HashMap<>();
        for (int i = 0; i < updates.size(); i++) {
            answersByUpdate.put(updates.get(i).updateId(), answers.get(i));
        }
        var emissions = new Emissions();
        for (var selfEdit : group.selfEdits()) {
            var outcome = outcome(selfEdit, trained.updatesOf(selfEdit), answersByUpdate);
            emissions.add(Topics.OUTCOMES, RolloutEnded.of(group, selfEdit, baseline, outcome));
        }
        return emissions;
    }

    private double baseline(LanguageModel model, NewData datum) {
        var bare = new ClosedBookExam.Candidate(datum, Prompt.NO_ADAPTER);
        return Accuracy.of(exam.sit(model, List.of(bare), List.of()).get(0)).doubleValue();
    }

    private static Emissions failed(SelfEditsProposed group, String reason) {
        var emissions = new Emissions();
        for (var selfEdit : group.selfEdits()) {
            var outcome = selfEdit.valid() ? new Outcome.Failed(reason) : new Outcome.Invalid(selfEdit.invalidReason());
            emissions.add(Topics.OUTCOMES, RolloutEnded.of(group, selfEdit, null, outcome));
        }
        return emissions;
    }

    private static Outcome outcome(
            SelfEdit selfEdit, List<AdapterUpdate> updates, Map<String, List<GradedAnswer>> answersByUpdate) {
        if (!selfEdit.valid()) {
            return new Outcome.Invalid(selfEdit.invalidReason());
        }
        Optional<String> failure = updates.stream()
                .filter(update -> update.failure() != null)
                .map(update -> "update " + update.updateId() + ": " + update.failure())
                .findFirst();
        if (failure.isPresent() || updates.isEmpty()) {
            return new Outcome.Failed(failure.orElse("no update was trained for " + selfEdit.selfEditId()));
        }
        return new Outcome.Scored(updates.stream()
                .map(update -> new RepeatScore(update, answersByUpdate.get(update.updateId())))
                .toList());
    }
}
