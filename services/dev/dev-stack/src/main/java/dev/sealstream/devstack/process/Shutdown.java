package dev.sealstream.devstack.process;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends a process: politely first, by force after a grace time. */
final class Shutdown {

    /** A killed process is gone at once; the wait covers a busy machine. */
    private static final Duration KILL_WAIT = Duration.ofSeconds(10);

    private Shutdown() {}

    static void stop(ProcessHandle process, Duration grace) {
        process.destroy();
        if (!awaitEnd(process, grace)) {
            kill(process);
        }
    }

    static void kill(ProcessHandle process) {
        process.destroyForcibly();
        awaitEnd(process, KILL_WAIT);
    }

    private static boolean awaitEnd(ProcessHandle process, Duration limit) {
        try {
            process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for process " + process.pid() + " failed", e);
        }
    }
}
