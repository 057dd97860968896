package dev.sealstream.domain;

/**
 * A person wants another version to be the head.
 *
 * @param toVersion 0 or any version the lineage ever released, back or forward
 */
public record RollbackOrdered(String lineage, long toVersion, String by, String reason) implements PersonDecision {
    public RollbackOrdered {
        Require.nonBlank("lineage", lineage);
        Require.nonBlank("by", by);
        Require.nonBlank("reason", reason);
        if (toVersion < 0) {
            throw new IllegalArgumentException(
                    "toVersion of lineage " + lineage + " is " + toVersion + "; allowed: 0 or a released version");
        }
    }
}
