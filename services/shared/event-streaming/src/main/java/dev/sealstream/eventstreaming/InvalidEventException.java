package dev.sealstream.eventstreaming;

/** A record that can never be worked on as it is. It goes to the dead letters of its topic, with this message as reason. */
public final class InvalidEventException extends RuntimeException {
    public InvalidEventException(String reason) {
        super(reason);
    }

    public InvalidEventException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
