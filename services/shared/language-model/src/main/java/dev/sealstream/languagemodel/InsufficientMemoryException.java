package dev.sealstream.languagemodel;

/** Work that does not fit into the device's memory, however it is cut; the message has the figures and the remedy. */
public final class InsufficientMemoryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    InsufficientMemoryException(String message) {
        super(message);
    }

    InsufficientMemoryException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Whether libtorch could not get memory, which it reports in words only. */
    static boolean isCauseOf(RuntimeException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("out of memory") || message.contains("can't allocate memory");
    }
}
