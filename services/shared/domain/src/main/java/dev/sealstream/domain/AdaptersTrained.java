package dev.sealstream.domain;

import java.util.ArrayList;
import java.util.List;

/**
 * All updates of a rollout group so far: repeats of each valid self-edit, trained or failed.
 *
 * @param proposal the group they were trained for, so that the evaluator needs no other topic
 * @param updates by self-edit, a self-edit's by repeat
 * @param scores of the updates that were questioned before, when the group was trained in several goes
 */
public record AdaptersTrained(SelfEditsProposed proposal, List<AdapterUpdate> updates, List<RepeatScore> scores) {
    public AdaptersTrained {
        Require.present("proposal", proposal);
        updates = List.copyOf(updates);
        scores = List.copyOf(scores);
    }

    /** Trained in one go, nothing questioned yet. */
    public AdaptersTrained(SelfEditsProposed proposal, List<AdapterUpdate> updates) {
        this(proposal, updates, List.of());
    }

    /** The updates of one self-edit, by repeat. */
    public List<AdapterUpdate> updatesOf(SelfEdit selfEdit) {
        return updates.stream()
                .filter(update -> update.selfEditId().equals(selfEdit.selfEditId()))
                .toList();
    }

    /** The same with further updates behind those there are. */
    public AdaptersTrained plus(List<AdapterUpdate> further) {
        var all = new ArrayList<>(updates);
        all.addAll(further);
        return new AdaptersTrained(proposal, all, scores);
    }

    /** The same with all that was scored. */
    public AdaptersTrained scored(List<RepeatScore> all) {
        return new AdaptersTrained(proposal, updates, all);
    }
}
