package dev.sealstream.domain;

/** How a group's self-edits are learnt. */
public enum UpdateKind {
    /** One passage, whose edit falls into lines: {@link SelfEditParser#trainingSequences}. */
    SINGLE_PASSAGE,
    /**
     * Many passages in one update, three passes in steps of four sequences: {@link SelfEditParser#pretrainingSequences}. Source:
     * SEAL, arXiv 2506.10943, section 4.2.
     */
    CONTINUED_PRETRAINING
}
