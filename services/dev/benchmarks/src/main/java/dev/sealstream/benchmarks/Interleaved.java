package dev.sealstream.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures several arms of a comparison alternately, A B C A B C, so that whatever else the machine does meets them all.
 */
final class Interleaved {
    private final Map<String, Arm> arms = new LinkedHashMap<>();

    /** Something that can be done again and again. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    /** Something that knows what it measured: seconds, or a rate. */
    @FunctionalInterface
    interface Arm {
        double measure() throws Exception;
    }

    /** Adds an arm that is timed from outside, in seconds. */
    Interleaved seconds(String name, Work work) {
        return measured(name, () -> seconds(work));
    }

    /** Adds an arm that says itself what it measured. */
    Interleaved measured(String name, Arm arm) {
        if (arms.put(name, arm) != null) {
            throw new IllegalArgumentException("two arms are called " + name);
        }
        return this;
    }

    static double seconds(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    /** Runs every arm once unmeasured, for caches and compilers, then {@code repeats} rounds; medians by name. */
    Map<String, Double> medians(int repeats, Progress progress) throws Exception {
        for (Map.Entry<String, Arm> arm : arms.entrySet()) {
            progress.doing("warming up: " + arm.getKey());
            arm.getValue().measure();
        }
        return mediansWithoutWarmUp(repeats, progress);
    }

    /** For arms that take so long that a start makes no difference, or that warm up themselves. */
    Map<String, Double> mediansWithoutWarmUp(int repeats, Progress progress) throws Exception {
        Map<String, List<Double>> values = new LinkedHashMap<>();
        for (int round = 1; round <= repeats; round++) {
            for (Map.Entry<String, Arm> arm : arms.entrySet()) {
                progress.doing("round " + round + " of " + repeats + ": " + arm.getKey());
                values.computeIfAbsent(arm.getKey(), name -> new ArrayList<>())
                        .add(arm.getValue().measure());
            }
        }
        Map<String, Double> medians = new LinkedHashMap<>();
        values.forEach((name, measured) -> medians.put(name, median(measured)));
        return medians;
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
