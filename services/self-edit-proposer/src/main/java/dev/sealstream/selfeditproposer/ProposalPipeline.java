package dev.sealstream.selfeditproposer;

import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.NewData;
import dev.sealstream.eventstreaming.Emissions;
import dev.sealstream.eventstreaming.InvalidEventException;
import dev.sealstream.eventstreaming.Result;
import dev.sealstream.eventstreaming.Stage;
import dev.sealstream.eventstreaming.Topics;
import dev.sealstream.policymodel.ModelHost;
import dev.sealstream.policymodel.PassageTooLongException;
import dev.sealstream.policymodel.SelfEditSampler;

/**
 * New data become self-edits: a version of the datum's lineage reads the passage and writes G completions, which go out
 * as one rollout group. Benchmark data are held out, so nothing is written for them.
 */
final class ProposalPipeline implements Stage<NewData> {
    private final ModelHost models;
    private final SelfEditSampler sampler;

    ProposalPipeline(ModelHost models, SelfEditSampler sampler) {
        this.models = models;
        this.sampler = sampler;
    }

    @Override
    public Result process(NewData datum) {
        if (datum.mode() == DataMode.BENCHMARK) {
            return Result.emit(new Emissions());
        }
        try {
            var policy = models.writer(datum);
            return Result.emit(new Emissions().add(Topics.SELF_EDITS, sampler.propose(policy, datum)));
        } catch (PassageTooLongException tooLong) {
            throw new InvalidEventException(tooLong.getMessage(), tooLong);
        }
    }
}
