package dev.sealstream.benchmarks.jlama;

/** Jlama cannot run on this machine; the message says what is missing. */
public final class JlamaUnavailableException extends Exception {
    JlamaUnavailableException(String message) {
        super(message);
    }

    JlamaUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
