package dev.sealstream.policymodel;

import dev.sealstream.domain.Ids;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.Seeds;
import dev.sealstream.domain.SelfEditsProposed;
import dev.sealstream.domain.UpdateWanted;
import dev.sealstream.languagemodel.AdapterTask;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.TrainedAdapter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

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

    /** One adapter for each wanted update, in order. */
    public List<TrainedAdapter> train(HeldModel model, SelfEditsProposed group, List<UpdateWanted> wanted) {
        var sequences = new HashMap<String, List<String>>();
        group.selfEdits().forEach(selfEdit -> sequences.put(selfEdit.selfEditId(), selfEdit.trainingSequences()));
        var tasks = new ArrayList<AdapterTask>();
        for (var update : wanted) {
            var task = task(
                    model.model(),
                    Ids.update(update.selfEditId(), update.repeat()),
                    seed(group.datum().dataId(), update.repeat()),
                    sequences.get(update.selfEditId()));
            tasks.add(new AdapterTask(task.id(), task.seed(), task.sequences(), settings.training(group.updateKind())));
        }
        return train(model.model(), tasks);
    }

    public List<TrainedAdapter> train(LanguageModel model, List<AdapterTask> tasks) {
        return tasks.isEmpty() ? List.of() : model.trainAdapters(tasks, settings.lora(), settings.training());
    }

    public AdapterTask task(LanguageModel model, String id, long seed, List<String> trainingSequences) {
        var text = new PromptTokens(model);
        return new AdapterTask(
                id,
                seed,
                trainingSequences.stream()
                        .map(sequence -> text.padded(text.sequence(sequence), settings.paddedTokens()))
                        .toList());
    }

    /**
     * Initialisation depends on the datum and the repeat alone: the self-edits of a group start from the same random
     * factors, so that their rewards differ by what they say and not by how they were initialised.
     */
    public static long seed(String dataId, int repeat) {
        return Seeds.of("inner-loop/" + dataId + "/" + repeat);
    }
}
