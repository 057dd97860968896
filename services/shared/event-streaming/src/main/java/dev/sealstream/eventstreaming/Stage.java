package dev.sealstream.eventstreaming;

/**
 * What a worker does with one event. Called by one thread, one event at a time, in the order of each partition.
 *
 * <p>May take minutes: the worker keeps its place in the consumer group meanwhile. Must not write to the outside what a
 * repetition would spoil, for an event whose worker dies is worked on again; content-addressed artifacts are fine.
 */
@FunctionalInterface
public interface Stage<E> {

    /**
     * Works on one event.
     *
     * @throws InvalidEventException the event can never be worked on: it goes to the dead letters
     * @throws TransientFaultException it may work later: the same event comes again, a bounded number of times
     * @throws RuntimeException anything else stops the worker
     */
    Result process(E event);

    /**
     * Forget every event answered with {@link Result#hold()} since the last emission: they were given back and will
     * come again, here or elsewhere. Called by the same thread as {@link #process}, before the next event.
     */
    default void reset() {}
}
