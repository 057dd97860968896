package dev.sealstream.languagemodel.safetensors;

/** A safetensors file is damaged or holds something else than asked for; the message names file, tensor and fault. */
public final class SafetensorsException extends RuntimeException {
    public SafetensorsException(String message) {
        super(message);
    }

    public SafetensorsException(String message, Throwable cause) {
        super(message, cause);
    }
}
