package dev.sealstream.eventstreaming;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs what it is given when the test says so, on the test's thread. */
final class ManualExecutor extends AbstractExecutorService {
    private final Queue<Runnable> submitted = new ArrayDeque<>();
    private boolean shutdown;

    /** Runs the oldest task to its end. */
    void runNext() {
        submitted.remove().run();
    }

    int waiting() {
        return submitted.size();
    }

    @Override
    public void execute(Runnable task) {
        submitted.add(task);
    }

    @Override
    public void shutdown() {
        shutdown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown = true;
        return List.copyOf(submitted);
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return shutdown;
    }
}
