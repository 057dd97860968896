package dev.sealstream.domain;

/**
 * A person's decision about a candidate, as the lineage remembers it.
 *
 * @param by who decided
 */
public record Approval(String by, String reason) {
    public Approval {
        Require.nonBlank("by", by);
        Require.nonBlank("reason", reason);
    }
}
