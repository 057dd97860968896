package dev.sealstream.devstack.process;

/**
 * A fault the user can act on. The message is all they see, so it names the thing, what was found and the remedy; the
 * command line prints it without a stack trace.
 */
public final class StackException extends RuntimeException {

    public StackException(String message) {
        super(message);
    }

    public StackException(String message, Throwable cause) {
        super(message, cause);
    }
}
