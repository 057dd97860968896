package dev.sealstream.domain;

/** What a datum is for. */
public enum DataMode {
    /** Teaches the policy to write self-edits; needs questions. */
    TRAIN,
    /** Is to be learnt for good: its best self-edit becomes a candidate for release. */
    ADAPT,
    /** Held out: measured at every candidate, never trained on. */
    BENCHMARK,
    /**
     * Held out too, but goes through the loop: proposed, trained, examined and rewarded, so that its rewards tell how good
     * the head's self-edits are. Never teaches the policy and never becomes knowledge.
     */
    MEASURE
}
