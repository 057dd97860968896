package dev.sealstream.benchmarks;

import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/** What cores do when nothing is shared but the processor: arithmetic in registers, no memory, no system calls. */
final class CoreSpeed {
    private static final long STEPS = 1L << 30;

    private CoreSpeed() {}

    /** Steps a second of so many threads together; takes seconds. */
    static double stepsPerSecond(int threads) throws Exception {
        var pool = Executors.newFixedThreadPool(threads);
        try {
            var work = new ArrayList<Callable<Long>>();
            for (int thread = 0; thread < threads; thread++) {
                long seed = thread + 1;
                work.add(() -> xorShift(seed));
            }
            double seconds = Interleaved.seconds(() -> {
                for (var end : pool.invokeAll(work)) {
                    if (end.get() == 0) {
                        throw new IllegalStateException("a xorshift generator never comes to 0; the loop did not run");
                    }
                }
            });
            return threads * STEPS / seconds;
        } finally {
            pool.shutdown();
        }
    }

    /** Marsaglia 2003: every step needs the one before it, so the compiler can leave none out. */
    private static long xorShift(long seed) {
        long x = seed;
        for (long step = 0; step < STEPS; step++) {
            x ^= x << 13;
            x ^= x >>> 7;
            x ^= x << 17;
        }
        return x;
    }
}
