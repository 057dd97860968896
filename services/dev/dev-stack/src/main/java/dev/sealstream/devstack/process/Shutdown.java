package dev.sealstream.devstack.process;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends a process: politely first, by force after a grace time. */
final class Shutdown {

    /** A killed process is gone at once; the wait covers a busy machine. */
    private static final Duration KILL_WAIT = Duration.ofSeconds(10);

    private Shutdown() {}

    static void stop(ProcessHandle process, Duration grace) {
        stopAll(List.of(process), grace);
    }

    /** Asks all to end before it waits for any, so that together they take as long as the slowest. */
    static void stopAll(List<ProcessHandle> processes, Duration grace) {
        long deadline = System.nanoTime() + grace.toNanos();
        processes.forEach(ProcessHandle::destroy);
        for (ProcessHandle process : processes) {
            Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            if (!awaitEnd(process, left)) {
                kill(process);
            }
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
