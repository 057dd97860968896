package dev.sealstream.languagemodel;

/**
 * What became of a task.
 *
 * @param adapter check {@link LoraAdapter#isFinite}: training that diverges is a result, not an error; null if the task
 *     failed
 * @param lossCurve loss of each step's batch before the step, in nats; not copied
 * @param failure why there is no adapter; null if there is one
 */
public record TrainedAdapter(String id, LoraAdapter adapter, float[] lossCurve, String failure) {
    public TrainedAdapter {
        if ((adapter == null) == (failure == null)) {
            throw new IllegalArgumentException("task " + id + " has adapter " + adapter + " and failure " + failure
                    + "; it has exactly one of them");
        }
    }

    TrainedAdapter(String id, LoraAdapter adapter, float[] lossCurve) {
        this(id, adapter, lossCurve, null);
    }

    static TrainedAdapter failed(String id, String failure) {
        return new TrainedAdapter(id, null, new float[0], failure);
    }

    public boolean hasFailed() {
        return failure != null;
    }

    /**
     * The adapter of a task that has to succeed.
     *
     * @throws IllegalStateException if it failed
     */
    public LoraAdapter required() {
        if (hasFailed()) {
            throw new IllegalStateException("adapter " + id + " was not trained: " + failure);
        }
        return adapter;
    }
}
