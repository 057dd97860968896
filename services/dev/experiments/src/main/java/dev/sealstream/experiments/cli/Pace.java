package dev.sealstream.experiments.cli;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/**
 * How fast adapters are trained and examined, over the last minutes of work. Silences while a candidate is measured say
 * nothing about it, so the pace stays what it was before.
 */
final class Pace {
    private static final long WINDOW_NANOS = Duration.ofMinutes(2).toNanos();

    /** A pace of a few seconds is a guess. */
    private static final long KNOWN_AFTER_NANOS = Duration.ofSeconds(10).toNanos();

    private record Mark(long nanos, int adapters) {}

    private final LongSupplier nanoClock;
    private final Deque<Mark> marks = new ArrayDeque<>();
    private long sinceWaiting;

    Pace(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.sinceWaiting = nanoClock.getAsLong();
    }

    void note(int adapters) {
        Mark last = marks.peekLast();
        if (last != null && last.adapters() == adapters) {
            return;
        }
        long now = nanoClock.getAsLong();
        sinceWaiting = now;
        marks.addLast(new Mark(now, adapters));
        while (marks.size() > 2 && now - marks.peekFirst().nanos() > WINDOW_NANOS) {
            marks.removeFirst();
        }
    }

    /** Seconds that so many adapters take from now on; empty while the pace is unknown. */
    OptionalDouble secondsFor(int adapters) {
        if (marks.size() < 2) {
            return OptionalDouble.empty();
        }
        long span = marks.peekLast().nanos() - marks.peekFirst().nanos();
        int done = marks.peekLast().adapters() - marks.peekFirst().adapters();
        if (span < KNOWN_AFTER_NANOS || done <= 0) {
            return OptionalDouble.empty();
        }
        double waited = (nanoClock.getAsLong() - sinceWaiting) / 1e9;
        return OptionalDouble.of(Math.max(0, adapters * (span / 1e9) / done - waited));
    }
}
