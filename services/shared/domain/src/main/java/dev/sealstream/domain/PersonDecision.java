package dev.sealstream.domain;

/** What people say on {@code seal.approvals}. */
public sealed interface PersonDecision permits ApprovalGiven, RollbackOrdered {
    String lineage();

    /** Who decided. */
    String by();

    /** Why, for the lineage's memory. */
    String reason();
}
