package dev.sealstream.evaluator;

import dev.sealstream.domain.NewData;
import dev.sealstream.domain.Question;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Remembers what a version knew of a datum before any update, so that the several groups of a datum do not each ask it
 * again. Not thread-safe.
 */
final class BaselineMemory {
    /** The data of a few rounds; an entry is a number and references to texts that the datum holds anyway. */
    private static final int BASELINES_MAX = 1_024;

    private final Map<Key, Double> baselines = new LinkedHashMap<>(16, 0.75f, true);

    /** All that the answers depend on. */
    private record Key(String weightsHash, String title, List<Question> questions) {}

    /**
     * What was measured before, or what {@code measure} finds now.
     *
     * @param measure asks the model; called only when the answer is not known; null if it cannot be told, which is not
     *     remembered
     */
    Double recall(String weightsHash, NewData datum, Supplier<Double> measure) {
        var key = new Key(weightsHash, datum.title(), datum.questions());
        Double known = baselines.get(key);
        if (known != null) {
            return known;
        }
        Double measured = measure.get();
        if (measured == null) {
            return null;
        }
        baselines.put(key, measured);
        if (baselines.size() > BASELINES_MAX) {
            baselines.remove(baselines.keySet().iterator().next());
        }
        return measured;
    }
}
