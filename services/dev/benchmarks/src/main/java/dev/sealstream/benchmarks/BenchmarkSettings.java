package dev.sealstream.benchmarks;

import dev.sealstream.benchmarks.checkpoint.Preset;

import java.nio.file.Path;

/**
 * How to measure.
 *
 * @param threads of the engine, and of whatever it is compared with
 * @param repeats how often each arm of a comparison is run; medians are told
 * @param directory where random models are kept between runs
 * @param root of the repository
 */
record BenchmarkSettings(int threads, int repeats, Path directory, Path root) {
    BenchmarkSettings {
        if (threads < 1) {
            throw new IllegalArgumentException("--threads is " + threads + ", allowed is 1 or more");
        }
        if (repeats < 1) {
            throw new IllegalArgumentException("--repeats is " + repeats + ", allowed is 1 or more");
        }
    }

    /** Directory of a random model, which is written if it is not there. */
    Path model(Preset preset) {
        return preset.checkpoint().writeIfMissing(directory.resolve(preset.toString()));
    }
}
