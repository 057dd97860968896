package dev.sealstream.languagemodel;

import ai.djl.pytorch.jni.JniUtils;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Threads of the engine on a CPU. The engine keeps their number for each calling thread apart, and takes the last number
 * that anyone gave for threads it has not seen.
 */
final class EngineThreads {
    /** Each works on one thread of the engine, its own. */
    private static final ExecutorService LANES = Executors.newCachedThreadPool(work -> {
        Thread lane = new Thread(work, "training-lane");
        lane.setDaemon(true);
        return lane;
    });

    private EngineThreads() {}

    /** What the calling thread calls from now on uses so many threads. */
    static void use(int threads) {
        // A thread's first question takes over what another thread may just have set; only then its own setting lasts.
        JniUtils.getNumThreads();
        JniUtils.setNumThreads(threads);
    }

    /**
     * Runs everything side by side, each on one thread of the engine, and returns when all have ended.
     *
     * @throws RuntimeException the first that one of them threw
     */
    static void runSideBySide(List<Runnable> work) {
        List<CompletableFuture<Void>> running = work.stream()
                .map(one -> CompletableFuture.runAsync(
                        () -> {
                            use(1);
                            one.run();
                        },
                        LANES))
                .toList();
        RuntimeException thrown = null;
        for (CompletableFuture<Void> one : running) {
            // Nothing may be freed while one of them still works, so all are waited for, whatever the others threw.
            Throwable failure = one.handle((none, problem) -> problem).join();
            if (failure != null && thrown == null) {
                thrown = failure.getCause() instanceof RuntimeException cause
                        ? cause
                        : new IllegalStateException(failure.getCause());
            }
        }
        if (thrown != null) {
            throw thrown;
        }
    }
}
