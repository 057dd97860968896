package dev.sealstream.eventstreaming;

import java.time.Duration;

/** Is told what a worker does; services turn it into metrics. Called by the worker's threads; must be quick. */
public interface StageListener {
    /** Hears everything and does nothing. */
    StageListener NONE = new StageListener() {};

    /** A record is about to be worked on. */
    default void received(String topic) {}

    /** A record was worked on, whatever came of it. */
    default void worked(String topic, Duration duration) {}

    /** Events were written and committed. */
    default void emitted(String topic, int count) {}

    /** How many records of this worker's partitions wait to be worked on; told at every turn of its loop. */
    default void lag(String topic, long records) {}

    /** A record was written to the dead letters and committed. */
    default void deadLettered(String topic, String reason) {}

    /** A transient fault; the work is tried again. */
    default void retried(String topic, Throwable fault) {}

    /** A result was thrown away because its partition moved or its transaction failed; the record comes again. */
    default void dropped(String topic, String reason) {}

    /** The worker gave up: the service must become unready and exit. */
    default void stopped(Throwable failure) {}
}
