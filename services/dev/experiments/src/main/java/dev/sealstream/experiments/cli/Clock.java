package dev.sealstream.experiments.cli;

import java.util.Locale;

/** Durations as people read them. */
final class Clock {
    private Clock() {}

    /** Minutes and seconds: {@code 3:07}. */
    static String text(double seconds) {
        long whole = Math.round(seconds);
        return String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
    }
}
