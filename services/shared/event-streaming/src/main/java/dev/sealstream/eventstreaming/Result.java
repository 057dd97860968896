package dev.sealstream.eventstreaming;

/** What became of one event. */
public sealed interface Result permits Result.Emit, Result.Hold {

    /** Write these and count the event, and every one held before it, as done: all in one transaction. */
    static Result emit(Emissions emissions) {
        return new Emit(emissions);
    }

    /** Done, with nothing to say. */
    static Result nothing() {
        return new Emit(new Emissions());
    }

    /**
     * Remembered by the stage, not yet done: nothing is committed until a later event is answered with an emission. After
     * a restart, or when the partition moves, held events come again.
     */
    static Result hold() {
        return new Hold();
    }

    record Emit(Emissions emissions) implements Result {}

    record Hold() implements Result {}
}
