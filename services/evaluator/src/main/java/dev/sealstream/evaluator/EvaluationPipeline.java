package dev.sealstream.evaluator;

import dev.sealstream.domain.AdapterUpdate;
import dev.sealstream.domain.AdaptersTrained;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.Question;
import dev.sealstream.domain.RepeatRule;
import dev.sealstream.domain.RepeatsWanted;
import dev.sealstream.domain.RolloutEnded;
import dev.sealstream.domain.UpdateWanted;
import dev.sealstream.eventstreaming.Emissions;
import dev.sealstream.eventstreaming.Result;
import dev.sealstream.eventstreaming.Stage;
import dev.sealstream.eventstreaming.Topics;
import dev.sealstream.languagemodel.InsufficientMemoryException;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.LoraAdapter;
import dev.sealstream.languagemodel.Prompt;
import dev.sealstream.policymodel.Exam;
import dev.sealstream.policymodel.HeldModel;
import dev.sealstream.policymodel.ModelHost;
import dev.sealstream.policymodel.Sitting;

import java.util.ArrayList;
import java.util.List;

/**
 * Updates become outcomes: every adapter of a group that was not questioned before answers the datum's questions
 * closed-book in one batch. Where that leaves the group's ranking uncertain, further repeats are asked for and the group
 * comes back; otherwise each rollout of the group ends in exactly one event. The model without an adapter (the baseline)
 * is asked once for each datum and version.
 */
final class EvaluationPipeline implements Stage<AdaptersTrained> {
    /** The data of a few rounds; an entry is a number and references to texts that the datum holds anyway. */
    private static final int BASELINES_MAX = 1_024;

    private final ModelHost models;
    private final Exam exam;
    private final RepeatRule rule;
    private final BoundedMemory<Bare, Double> baselines = new BoundedMemory<>(BASELINES_MAX);

    /** All that the answers of a model without adapters depend on. */
    private record Bare(String weightsHash, String title, List<Question> questions) {}

    EvaluationPipeline(ModelHost models, Exam exam, RepeatRule rule) {
        this.models = models;
        this.exam = exam;
        this.rule = rule;
    }

    @Override
    public Result process(AdaptersTrained trained) {
        // The model host serves one task at a time; the benchmark pipeline shares it.
        synchronized (models) {
            return Result.emit(evaluated(trained));
        }
    }

    private Emissions evaluated(AdaptersTrained trained) {
        var group = trained.proposal();
        var datum = group.datum();
        var model = models.version(datum.lineage(), group.policyVersion(), group.weightsHash());
        var scores = new GroupScores(trained);
        Double baseline = null;
        try {
            // In a batch of its own, so that the answers below never depend on whether it was known.
            var bare = new Bare(model.weightsHash(), datum.title(), datum.questions());
            baseline = baselines.recall(bare, () -> baseline(model.model(), datum));
            question(model, datum, scores);
        } catch (InsufficientMemoryException e) {
            scores.examFailed("the exam: " + e.getMessage());
        }
        // A datum that says how often it is measured is measured so often.
        var wanted = datum.repeats() == null ? scores.wanted(rule) : List.<UpdateWanted>of();
        if (!wanted.isEmpty()) {
            return Emissions.of(Topics.REPEATS, new RepeatsWanted(trained.scored(scores.scored()), wanted));
        }
        var emissions = new Emissions();
        for (var selfEdit : group.selfEdits()) {
            emissions.add(Topics.OUTCOMES, RolloutEnded.of(group, selfEdit, baseline, scores.outcome(selfEdit)));
        }
        return emissions;
    }

    private void question(HeldModel model, NewData datum, GroupScores scores) {
        List<AdapterUpdate> updates = scores.unquestioned();
        var adapters = new ArrayList<LoraAdapter>();
        var candidates = new ArrayList<Exam.Candidate>();
        for (var update : updates) {
            candidates.add(new Exam.Candidate(datum, adapters.size()));
            adapters.add(models.adapter(update.adapter()));
        }
        var sittings = exam.sit(model.model(), candidates, adapters);
        for (int i = 0; i < updates.size(); i++) {
            scores.add(updates.get(i), sittings.get(i));
        }
    }

    /** Null where the answers could not be graded. */
    private Double baseline(LanguageModel model, NewData datum) {
        Sitting bare = exam.sit(model, List.of(new Exam.Candidate(datum, Prompt.NO_ADAPTER)), List.of())
                .get(0);
        return bare.graded() ? Double.valueOf(bare.accuracy().doubleValue()) : null;
    }
}
