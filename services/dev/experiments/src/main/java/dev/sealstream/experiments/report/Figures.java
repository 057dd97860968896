package dev.sealstream.experiments.report;

import dev.sealstream.experiments.statistics.Summary;

import java.util.Locale;

/** Numbers as people read them: shares as percentages, differences with their sign. */
public final class Figures {
    /** What stands where there is no number. */
    private static final String NONE = "–";

    private Figures() {}

    /** {@code 47.1 ± 1.3}: mean and standard error in per cent. */
    public static String percent(Summary summary) {
        return summary == null ? NONE : number("%.1f", summary.mean()) + error(summary);
    }

    /** {@code +4.2 ± 0.9}: a difference in percentage points. */
    public static String points(Summary summary) {
        return summary == null ? NONE : number("%+.1f", summary.mean()) + error(summary);
    }

    /** {@code +2.4 to +6.0}: the 95 % interval in percentage points. */
    public static String interval(Summary summary) {
        return summary == null || summary.low() == null
                ? NONE
                : number("%+.1f", summary.low()) + " to " + number("%+.1f", summary.high());
    }

    /** {@code 0.437}, or a dash. */
    public static String decimal(Double value) {
        return value == null ? NONE : String.format(Locale.ROOT, "%.3f", value);
    }

    private static String error(Summary summary) {
        return summary.standardError() == null ? "" : " ± " + number("%.1f", summary.standardError());
    }

    private static String number(String format, double share) {
        return String.format(Locale.ROOT, format, 100 * share);
    }
}
