package dev.sealstream.devstack.cli;

import dev.sealstream.devstack.DevStack;

/** Keeps a started stack up and watches over it. */
final class StayUp {
    private static final long CHECK_MILLIS = 500;

    private StayUp() {}

    /** Returns never by itself: Ctrl-C ends the JVM, whose shutdown hook stops the stack. */
    static void untilCtrlC(DevStack stack, Terminal terminal) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> terminal.line("Stopping every process"), "say-stopping"));
        while (true) {
            stack.checkAlive();
            Thread.sleep(CHECK_MILLIS);
        }
    }
}
