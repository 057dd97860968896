package dev.sealstream.benchmarks;

/** Who wants to know what is being measured now. */
@FunctionalInterface
interface Progress {
    void doing(String what);
}
