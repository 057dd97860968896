package dev.sealstream.checkpointgate;

/** Whether a person has to agree before a candidate is released. */
public enum Approval {
    /** The rule alone decides. */
    NEVER,
    /** What passes the rule is held until a person agrees. */
    ALWAYS
}
