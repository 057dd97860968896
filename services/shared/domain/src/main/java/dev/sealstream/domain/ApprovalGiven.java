package dev.sealstream.domain;

/**
 * What a person decided about a candidate.
 *
 * @param by who decided
 * @param approved yes or no
 * @param reason why, for the lineage's memory
 */
public record ApprovalGiven(String candidateId, String lineage, String by, boolean approved, String reason)
        implements PersonDecision {
    public ApprovalGiven {
        Require.nonBlank("candidateId", candidateId);
        Require.nonBlank("lineage", lineage);
        Require.nonBlank("by", by);
        Require.nonBlank("reason", reason);
    }
}
