package dev.sealstream.evaluator;

/** The judge could not be asked. The message names address and status, and never what was sent or came back. */
final class JudgeFault extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean worthAnotherTry;

    JudgeFault(String message, boolean worthAnotherTry) {
        super(message);
        this.worthAnotherTry = worthAnotherTry;
    }

    boolean worthAnotherTry() {
        return worthAnotherTry;
    }
}
