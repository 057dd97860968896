package dev.sealstream.languagemodel;

/**
 * What became of a task.
 *
 * @param adapter check {@link LoraAdapter#isFinite}: training that diverges is a result, not an error
 * @param lossCurve loss of each step's batch before the step, in nats; not copied
 */
public record TrainedAdapter(String id, LoraAdapter adapter, float[] lossCurve) {}
