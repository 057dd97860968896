package dev.sealstream.checkpointgate;

/** When a person has to agree before a candidate that passes the rule is released. */
public enum ApprovalPolicy {
    /** The rule alone decides; what a guard finds rejects. */
    NEVER,
    /** A candidate is held when a guard fires. */
    ON_ALARM,
    /** Every candidate that passes the rule is held. */
    ALWAYS
}
