package dev.sealstream.eventstreaming;

/** Something that may work a little later: a registry, a store or a judge that does not answer. It is tried again. */
public final class TransientFaultException extends RuntimeException {
    public TransientFaultException(String message) {
        super(message);
    }

    public TransientFaultException(String message, Throwable cause) {
        super(message, cause);
    }
}
