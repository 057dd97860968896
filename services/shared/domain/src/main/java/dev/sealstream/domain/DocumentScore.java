package dev.sealstream.domain;

/**
 * Closed-book accuracy on one held-out document, 0 to 1, after different updates of the same model.
 *
 * @param nothing no update
 * @param passageOnly after training on the passage alone
 * @param selfEdits after training on the model's own self-edits (and the passage); mean over the samples
 */
public record DocumentScore(String dataId, double nothing, double passageOnly, double selfEdits) {
    public DocumentScore {
        Require.nonBlank("dataId", dataId);
        Require.unitInterval("nothing", nothing);
        Require.unitInterval("passageOnly", passageOnly);
        Require.unitInterval("selfEdits", selfEdits);
    }
}
