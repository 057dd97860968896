package dev.sealstream.policymodel;

/** A document does not fit the model's context window; the message says by how much and what to do. */
public final class PassageTooLongException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PassageTooLongException(String message) {
        super(message);
    }
}
