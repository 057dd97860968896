package dev.sealstream.languagemodel.torchscript;

/** A TorchScript method failed inside libtorch; the message carries libtorch's own trace of our source. */
public final class TorchScriptException extends RuntimeException {
    TorchScriptException(String message, Throwable cause) {
        super(message, cause);
    }
}
