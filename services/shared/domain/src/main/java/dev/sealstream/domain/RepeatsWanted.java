package dev.sealstream.domain;

import java.util.List;

/**
 * A group whose ranking is uncertain: some of its self-edits are to be trained and questioned again.
 *
 * @param trained all that was trained and scored so far, so that nobody needs another topic
 * @param wanted the further updates, at least one, of self-edits of the group
 */
public record RepeatsWanted(AdaptersTrained trained, List<UpdateWanted> wanted) {
    public RepeatsWanted {
        Require.present("trained", trained);
        wanted = Require.nonEmpty("wanted of " + trained.proposal().rolloutGroupId(), wanted);
        for (var update : wanted) {
            String updateId = Ids.update(update.selfEditId(), update.repeat());
            boolean known = trained.proposal().selfEdits().stream()
                    .anyMatch(selfEdit -> selfEdit.selfEditId().equals(update.selfEditId()));
            boolean again =
                    trained.updates().stream().anyMatch(done -> done.updateId().equals(updateId));
            if (!known || again) {
                throw new IllegalArgumentException("wanted update " + updateId
                        + (known
                                ? " was trained already"
                                : " is of no self-edit of group "
                                        + trained.proposal().rolloutGroupId())
                        + "; allowed: new repeats of the group's own self-edits");
            }
        }
    }
}
