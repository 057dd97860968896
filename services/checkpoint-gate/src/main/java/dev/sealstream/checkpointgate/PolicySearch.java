package dev.sealstream.checkpointgate;

/** Which version the next round of policy training starts from. */
public enum PolicySearch {
    /** The head. */
    CHAIN,
    /** Any version, drawn by score, number of children and diversity. */
    ARCHIVE
}
