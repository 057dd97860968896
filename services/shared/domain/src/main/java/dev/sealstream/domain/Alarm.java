package dev.sealstream.domain;

/**
 * A guard that fired.
 *
 * @param guard which one
 * @param finding what was found and what is allowed, in words
 */
public record Alarm(Guard guard, String finding) {

    /** What is watched. */
    public enum Guard {
        /** The size of the weight change, against fixed limits and against released history. */
        WEIGHT_ANOMALY,
        /** What the model says to fixed texts. */
        DIVERGENCE,
        /** The reward rises while held-out documents do not profit, or self-edits become alike. */
        COLLAPSE
    }

    public Alarm {
        Require.present("guard", guard);
        Require.nonBlank("finding", finding);
    }
}
