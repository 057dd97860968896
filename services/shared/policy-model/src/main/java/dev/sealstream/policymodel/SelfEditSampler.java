package dev.sealstream.policymodel;

import dev.sealstream.domain.Ids;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.Seeds;
import dev.sealstream.domain.SelfEdit;
import dev.sealstream.domain.SelfEditParser;
import dev.sealstream.domain.SelfEditsProposed;
import dev.sealstream.languagemodel.Completion;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.Prompt;
import dev.sealstream.languagemodel.Sampling;

import java.util.ArrayList;
import java.util.List;

/** Lets a model write self-edits. Seeds come from the self-edit's id, so a repeated call writes the same text. */
public final class SelfEditSampler {
    private final SamplingSettings settings;
    private final PromptForm form;

    public SelfEditSampler(SamplingSettings settings, PromptForm form) {
        this.settings = settings;
        this.form = form;
    }

    /** Base prompts. */
    public SelfEditSampler(SamplingSettings settings) {
        this(settings, PromptForm.BASE);
    }

    /** A whole rollout group for one datum, of the size the datum asks for. */
    public SelfEditsProposed propose(HeldModel policy, NewData datum) {
        String groupId = Ids.rolloutGroup(datum.dataId(), policy.version());
        return new SelfEditsProposed(
                groupId,
                datum,
                policy.version(),
                policy.weightsHash(),
                form.selfEdit(policy.model(), datum),
                sample(policy.model(), List.of(datum), List.of(groupId), groupSize(datum))
                        .get(0));
    }

    private int groupSize(NewData datum) {
        return datum.groupSize() == null ? settings.groupSize() : datum.groupSize();
    }

    /**
     * Groups of the usual size for several data in one batch.
     *
     * @param groupIds one for each datum; ids and seeds derive from them
     */
    public List<List<SelfEdit>> sample(LanguageModel model, List<NewData> data, List<String> groupIds) {
        return sample(model, data, groupIds, settings.groupSize());
    }

    private List<List<SelfEdit>> sample(LanguageModel model, List<NewData> data, List<String> groupIds, int groupSize) {
        var text = new PromptTokens(model);
        var prompts = new ArrayList<Prompt>();
        for (int i = 0; i < data.size(); i++) {
            int[] tokens = text.prompt(form.selfEdit(model, data.get(i)));
            requireRoom(model, data.get(i), tokens.length);
            for (int index = 0; index < groupSize; index++) {
                prompts.add(new Prompt(tokens, Seeds.of(Ids.selfEdit(groupIds.get(i), index)), Prompt.NO_ADAPTER));
            }
        }
        var stop = text.endOfSequence();
        stop.addAll(form.endOfTurn(model));
        var sampling = new Sampling(settings.temperature(), settings.topP(), settings.tokensMax(), stop);
        var completions = model.generate(prompts, sampling, List.of());
        var groups = new ArrayList<List<SelfEdit>>();
        for (int i = 0; i < data.size(); i++) {
            var group = new ArrayList<SelfEdit>();
            for (int index = 0; index < groupSize; index++) {
                var completion = completions.get(i * groupSize + index);
                group.add(selfEdit(text, data.get(i), Ids.selfEdit(groupIds.get(i), index), index, completion));
            }
            groups.add(group);
        }
        return groups;
    }

    private static SelfEdit selfEdit(PromptTokens text, NewData datum, String id, int index, Completion completion) {
        String written = text.decode(completion.tokens());
        var sequences = SelfEditParser.trainingSequences(datum.promptStyle(), datum.title(), datum.context(), written);
        return new SelfEdit(
                id,
                index,
                written,
                sequences,
                text.tooLong(sequences),
                completion.tokens(),
                completion.logProbabilities());
    }

    /** Whether a datum's prompt and the longest completion fit the model's context window. */
    public boolean fits(LanguageModel model, NewData datum) {
        return fits(model, new PromptTokens(model).prompt(form.selfEdit(model, datum)).length);
    }

    private boolean fits(LanguageModel model, int promptTokens) {
        return promptTokens + settings.tokensMax() <= model.config().maxPositions();
    }

    private void requireRoom(LanguageModel model, NewData datum, int promptTokens) {
        int window = model.config().maxPositions();
        if (!fits(model, promptTokens)) {
            throw new PassageTooLongException("datum " + datum.dataId() + " makes a prompt of " + promptTokens
                    + " tokens; with up to " + settings.tokensMax() + " written tokens the model's window of " + window
                    + " is exceeded; send the document in parts");
        }
    }
}
