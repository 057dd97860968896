package dev.sealstream.experiments.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Maps values to pixels and finds round marks.
 *
 * @param low value at {@code from}
 * @param high value at {@code to}
 */
record Axis(double low, double high, double from, double to) {
    private static final int MARKS_MAX = 7;

    /** Around all values, with some room, and never empty. */
    static Axis around(double least, double most, double from, double to) {
        double room = Math.max(0.01, 0.08 * (most - least));
        return new Axis(least - room, most + room, from, to);
    }

    double at(double value) {
        return from + (value - low) / (high - low) * (to - from);
    }

    /** Round values within the axis. */
    List<Double> marks() {
        double step = 0.001;
        for (double factor : new double[] {2, 2.5, 2, 2, 2.5, 2, 2, 2.5, 2}) {
            if ((high - low) / step <= MARKS_MAX) {
                break;
            }
            step *= factor;
        }
        var marks = new ArrayList<Double>();
        for (long i = (long) Math.ceil(low / step); i * step <= high; i++) {
            marks.add(i * step);
        }
        return marks;
    }

    static String pixels(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /** A share as a whole or half percentage. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.4g", 100 * share)
                .replaceAll("\\.?0+$", "")
                .replaceAll("^-$", "0");
    }
}
