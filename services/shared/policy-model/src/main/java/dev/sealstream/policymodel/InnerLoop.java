package dev.sealstream.policymodel;

import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.Ids;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.Seeds;
import dev.sealstream.domain.SelfEditsProposed;
import dev.sealstream.domain.UpdateKind;
import dev.sealstream.domain.UpdateWanted;
import dev.sealstream.languagemodel.AdapterTask;
import dev.sealstream.languagemodel.AdapterTopic;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.TrainedAdapter;
import dev.sealstream.languagemodel.TrainingSequence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;

/** Trains adapters on self-edits, all of a group in one joint pass over the frozen base. */
public final class InnerLoop {
    private final InnerLoopSettings settings;

    public InnerLoop(InnerLoopSettings settings) {
        this.settings = settings;
    }

    /** How many adapters each self-edit of the datum gets. */
    public int repeats(NewData datum) {
        return datum.repeats() == null ? settings.repeats() : datum.repeats();
    }

    /** What a group is trained first: every repeat of every valid self-edit, by self-edit, then by repeat. */
    public List<UpdateWanted> firstUpdates(SelfEditsProposed group) {
        int repeats = repeats(group.datum());
        var wanted = new ArrayList<UpdateWanted>();
        for (var selfEdit : group.selfEdits()) {
            for (int repeat = 0; selfEdit.valid() && repeat < repeats; repeat++) {
                wanted.add(new UpdateWanted(selfEdit.selfEditId(), repeat));
            }
        }
        return wanted;
    }

    /**
     * One adapter for each wanted update, in order.
     *
     * @param past what the model has learnt for good; matters for data to be learnt for good
     */
    public List<TrainedAdapter> train(HeldModel model, SelfEditsProposed group, List<UpdateWanted> wanted, Past past) {
        var tasks = tasks(model.model(), group, wanted);
        if (!isForGood(group)) {
            return train(model.model(), tasks);
        }
        var trained = settings.forgetting().needsPast()
                ? remembering(model.model(), group, wanted, tasks, past)
                : train(model.model(), tasks);
        return gated(group)
                ? trained.stream().map(adapter -> beside(adapter, group)).toList()
                : trained;
    }

    /** Whether training a group depends on what the model has learnt for good before. */
    public boolean needsPast(SelfEditsProposed group) {
        return isForGood(group) && settings.forgetting().needsPast();
    }

    private static boolean isForGood(SelfEditsProposed group) {
        return group.datum().mode() == DataMode.ADAPT;
    }

    /** Many passages at once, and a title without a word, have nothing that questions name, so they are merged. */
    private boolean gated(SelfEditsProposed group) {
        return settings.forgetting().uses(Forgetting.GATED)
                && group.updateKind() == UpdateKind.SINGLE_PASSAGE
                && AdapterTopic.isNameable(group.datum().title());
    }

    private static TrainedAdapter beside(TrainedAdapter trained, SelfEditsProposed group) {
        if (trained.hasFailed()) {
            return trained;
        }
        var topic = AdapterTopic.of(group.datum().title(), group.datum().context());
        return new TrainedAdapter(trained.id(), trained.adapter().about(topic), trained.lossCurve(), null);
    }

    /** Repeat by repeat, since each has a sample of the past of its own. */
    private List<TrainedAdapter> remembering(
            LanguageModel model,
            SelfEditsProposed group,
            List<UpdateWanted> wanted,
            List<AdapterTask> tasks,
            Past past) {
        var remembering = new Remembering(settings.forgetting(), text -> sequence(model, text));
        var trained = new HashMap<String, TrainedAdapter>();
        wanted.stream().map(UpdateWanted::repeat).distinct().forEach(repeat -> {
            var own = IntStream.range(0, tasks.size())
                    .filter(i -> wanted.get(i).repeat() == repeat)
                    .mapToObj(tasks::get)
                    .toList();
            var retention = remembering.retention(model, group, repeat, past);
            model.trainAdapters(own, settings.lora(), settings.training(), retention)
                    .forEach(adapter -> trained.put(adapter.id(), adapter));
        });
        return tasks.stream().map(task -> trained.get(task.id())).toList();
    }

    private List<AdapterTask> tasks(LanguageModel model, SelfEditsProposed group, List<UpdateWanted> wanted) {
        var sequences = new HashMap<String, List<String>>();
        group.selfEdits().forEach(selfEdit -> sequences.put(selfEdit.selfEditId(), selfEdit.trainingSequences()));
        var tasks = new ArrayList<AdapterTask>();
        for (var update : wanted) {
            var task = task(
                    model,
                    Ids.update(update.selfEditId(), update.repeat()),
                    seed(group.datum().dataId(), update.repeat()),
                    sequences.get(update.selfEditId()));
            tasks.add(new AdapterTask(task.id(), task.seed(), task.sequences(), settings.training(group.updateKind())));
        }
        return tasks;
    }

    public List<TrainedAdapter> train(LanguageModel model, List<AdapterTask> tasks) {
        return tasks.isEmpty() ? List.of() : model.trainAdapters(tasks, settings.lora(), settings.training());
    }

    public AdapterTask task(LanguageModel model, String id, long seed, List<String> trainingSequences) {
        return new AdapterTask(
                id,
                seed,
                trainingSequences.stream().map(text -> sequence(model, text)).toList());
    }

    private TrainingSequence sequence(LanguageModel model, String text) {
        var tokens = new PromptTokens(model);
        return tokens.padded(tokens.sequence(text), settings.paddedTokens());
    }

    /**
     * Initialisation depends on the datum and the repeat alone: the self-edits of a group start from the same random
     * factors, so that their rewards differ by what they say and not by how they were initialised.
     */
    public static long seed(String dataId, int repeat) {
        return Seeds.of("inner-loop/" + dataId + "/" + repeat);
    }
}
