package dev.sealstream.evaluator;

import dev.sealstream.domain.Measurement;
import dev.sealstream.domain.NewData;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Remembers the newest measurements, so that the same model is not measured twice on the same documents. Thread-safe. */
final class MeasurementMemory {
    /** A head, its candidates and a few siblings; a measurement is small, the model behind it is not kept. */
    private static final int MEASUREMENTS_MAX = 16;

    private final Map<Key, Measurement> measurements = new LinkedHashMap<>();

    private record Key(String weightsHash, List<NewData> documents) {}

    Measurement recall(String weightsHash, List<NewData> documents, Supplier<Measurement> measure) {
        var key = new Key(weightsHash, List.copyOf(documents));
        var known = known(key);
        if (known.isPresent()) {
            return known.get();
        }
        // Outside the lock: measuring takes minutes, and another model may be measured meanwhile.
        var measured = measure.get();
        remember(key, measured);
        return measured;
    }

    private synchronized Optional<Measurement> known(Key key) {
        return Optional.ofNullable(measurements.get(key));
    }

    private synchronized void remember(Key key, Measurement measured) {
        measurements.put(key, measured);
        if (measurements.size() > MEASUREMENTS_MAX) {
            measurements.remove(measurements.keySet().iterator().next());
        }
    }
}
