package dev.sealstream.experiments.knowledge;

import dev.sealstream.domain.Ids;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.PromptStyle;
import dev.sealstream.domain.SelfEdit;
import dev.sealstream.domain.SelfEditParser;
import dev.sealstream.domain.SelfEditsProposed;

import java.util.List;

/** Self-edits the experiment writes itself, as groups of their own beside the policy's. */
final class WrittenEdits {
    static final String PASSAGE_ONLY = "passage-only";
    static final String IDEAL_EDIT = "ideal-edit";

    private WrittenEdits() {}

    /** The control: an empty completion leaves the passage itself to be learnt. */
    static SelfEditsProposed passageOnly(SelfEditsProposed proposed) {
        return group(proposed, PASSAGE_ONLY, "", KnowledgeSettings.PASSAGE_REPEATS);
    }

    /** The ceiling. */
    static SelfEditsProposed ideal(SelfEditsProposed proposed, String completion) {
        return group(proposed, IDEAL_EDIT, completion, KnowledgeSettings.IDEAL_REPEATS);
    }

    private static SelfEditsProposed group(SelfEditsProposed proposed, String name, String completion, int repeats) {
        NewData datum = proposed.datum().measured(null, repeats);
        String groupId = Ids.writtenGroup(datum.dataId(), proposed.policyVersion(), name);
        // Line by line, whatever the style in which the policy is asked.
        var sequences =
                SelfEditParser.trainingSequences(PromptStyle.IMPLICATIONS, datum.title(), datum.context(), completion);
        var edit = new SelfEdit(Ids.selfEdit(groupId, 0), 0, completion, sequences, null, new int[0], new float[0]);
        return new SelfEditsProposed(
                groupId, datum, proposed.policyVersion(), proposed.weightsHash(), proposed.prompt(), List.of(edit));
    }
}
