package dev.sealstream.policymodel;

/** What an update that is to be learnt for good does against overwriting what the lineage learnt before. */
public enum Forgetting {
    /** Nothing: plain merging, as in SEAL's study of continual learning (arXiv 2506.10943, section 5). */
    NONE,

    /**
     * The adapter is not merged but kept beside the weights, and switched on by questions that name the document's title. Nothing
     * can be overwritten; a question that names no title meets the model as it was.
     */
    GATED,

    /** Accepted self-edits of earlier documents are learnt again in each step. */
    REPLAY,

    /**
     * The Kullback-Leibler divergence from the head's own predictions, on the texts of earlier lessons and on the group's prompt
     * and self-edits, is part of the loss.
     */
    KL,

    /** The squared Frobenius norm of the weight change is part of the loss. */
    L2,

    /** Reading the directions that earlier deltas read is part of the loss: O-LoRA, arXiv 2310.14152. */
    ORTHOGONAL;

    /** Whether the method changes the loss; the others change what becomes of the adapter. */
    boolean inLoss() {
        return this != NONE && this != GATED;
    }
}
