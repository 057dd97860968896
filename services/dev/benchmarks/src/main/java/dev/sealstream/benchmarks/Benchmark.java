package dev.sealstream.benchmarks;

/** One question about speed. */
interface Benchmark {
    /** What the command line calls it. */
    String name();

    /** What it measures, in a line. */
    String summary();

    /** Measures; may take minutes. */
    BenchmarkReport run(BenchmarkSettings settings, Progress progress) throws Exception;
}
