package dev.sealstream.evaluator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Remembers what was found for a key, so that it is not looked for twice; what was not needed for longest is forgotten
 * first. Thread-safe.
 *
 * @param <K> all that the finding depends on
 */
final class BoundedMemory<K, V> {
    private final int entriesMax;
    private final Map<K, V> findings = new LinkedHashMap<>(16, 0.75f, true);

    BoundedMemory(int entriesMax) {
        this.entriesMax = entriesMax;
    }

    /**
     * What was found before, or what {@code find} finds now.
     *
     * @param find called only when it is not known; null if it cannot be told, which is not remembered
     */
    V recall(K key, Supplier<V> find) {
        V known = known(key);
        if (known != null) {
            return known;
        }
        // Outside the lock: finding takes minutes, and something else may be looked for meanwhile.
        V found = find.get();
        if (found != null) {
            remember(key, found);
        }
        return found;
    }

    private synchronized V known(K key) {
        return findings.get(key);
    }

    private synchronized void remember(K key, V found) {
        findings.put(key, found);
        if (findings.size() > entriesMax) {
            findings.remove(findings.keySet().iterator().next());
        }
    }
}
