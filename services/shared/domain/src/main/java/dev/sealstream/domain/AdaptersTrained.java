package dev.sealstream.domain;

import java.util.List;

/**
 * All updates of a rollout group: R repeats for each valid self-edit, trained or failed.
 *
 * @param proposal the group they were trained for, so that the evaluator needs no other topic
 */
public record AdaptersTrained(SelfEditsProposed proposal, List<AdapterUpdate> updates) {
    public AdaptersTrained {
        Require.present("proposal", proposal);
        updates = List.copyOf(updates);
    }

    /** The updates of one self-edit, by repeat. */
    public List<AdapterUpdate> updatesOf(SelfEdit selfEdit) {
        return updates.stream()
                .filter(update -> update.selfEditId().equals(selfEdit.selfEditId()))
                .toList();
    }
}
