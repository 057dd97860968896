package dev.sealstream.selfeditproposer;

import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.NewData;
import dev.sealstream.eventstreaming.Emissions;
import dev.sealstream.eventstreaming.InvalidEventException;
import dev.sealstream.eventstreaming.Result;
import dev.sealstream.eventstreaming.Stage;
import dev.sealstream.eventstreaming.Topics;
import dev.sealstream.policymodel.LabelFreeQuestions;
import dev.sealstream.policymodel.ModelHost;
import dev.sealstream.policymodel.PassageTooLongException;
import dev.sealstream.policymodel.SelfEditSampler;

/**
 * New data become self-edits: a version of the datum's lineage reads the passage and writes G completions, which go out
 * as one rollout group. Benchmark data are held out, so nothing is written for them. A datum that people sent without questions
 * is asked what the lineage's base model asks itself about it, marked as such in the group.
 */
final class ProposalPipeline implements Stage<NewData> {
    private final ModelHost models;
    private final SelfEditSampler sampler;
    private final LabelFreeQuestions labelFree;

    ProposalPipeline(ModelHost models, SelfEditSampler sampler, LabelFreeQuestions labelFree) {
        this.models = models;
        this.sampler = sampler;
        this.labelFree = labelFree;
    }

    @Override
    public Result process(NewData datum) {
        if (datum.mode() == DataMode.BENCHMARK) {
            return Result.emit(new Emissions());
        }
        try {
            var policy = models.writer(datum);
            return Result.emit(new Emissions().add(Topics.SELF_EDITS, sampler.propose(policy, asked(datum))));
        } catch (PassageTooLongException tooLong) {
            throw new InvalidEventException(tooLong.getMessage(), tooLong);
        }
    }

    private NewData asked(NewData datum) {
        if (!datum.questions().isEmpty()) {
            return datum;
        }
        var questions = labelFree.about(models.base(), datum);
        if (questions.isEmpty()) {
            throw new InvalidEventException(
                    "datum " + datum.dataId() + " came without questions, and the base model agreed with"
                            + " itself on none about it; send the datum with questions, or lower seal.label-free.share-min");
        }
        return datum.withQuestions(questions);
    }
}
