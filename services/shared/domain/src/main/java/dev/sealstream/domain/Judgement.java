package dev.sealstream.domain;

/** Whether a measured candidate is good enough to be released, and the evidence in words. */
public record Judgement(boolean passed, String reason) {
    public Judgement {
        Require.nonBlank("reason", reason);
    }
}
