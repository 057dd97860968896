package dev.sealstream.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Watches how large weight changes are: against fixed limits, and against those released before of the same kind.
 *
 * <p>Norms spread over orders of magnitude, so history is compared on a logarithmic scale: the z-score of ln(norm), over all
 * modules together and for each module.
 *
 * @param frobeniusNormMax largest accepted Frobenius norm; larger lets wilder changes in
 * @param zScoreMax largest accepted number of standard deviations above the mean of history; larger alarms less
 * @param historyMin releases of the kind needed before history counts; more makes the first alarms rarer and later
 * @param divergenceMax largest accepted divergence on fixed texts, nats a token; larger lets candidates change more of what
 *     the model says
 */
public record WeightGuard(double frobeniusNormMax, double zScoreMax, int historyMin, double divergenceMax) {
    /** Changes of one recipe are often nearly the same size; without a floor the first unlike them would be an alarm. */
    private static final double LOG_DEVIATION_MIN = 0.1;

    public WeightGuard {
        requirePositive("frobeniusNormMax", frobeniusNormMax);
        requirePositive("zScoreMax", zScoreMax);
        Require.atLeast("historyMin", historyMin, 2);
        requirePositive("divergenceMax", divergenceMax);
    }

    /** @param history evidence of earlier releases of the same kind */
    public List<Alarm> alarms(Evidence evidence, List<Evidence> history) {
        var alarms = new ArrayList<Alarm>();
        var size = evidence.size();
        if (!(size.frobeniusNorm() <= frobeniusNormMax)) {
            alarms.add(new Alarm(
                    Alarm.Guard.WEIGHT_ANOMALY,
                    number(
                            "weight change has norm %.3g, allowed: at most %.3g",
                            size.frobeniusNorm(), frobeniusNormMax)));
        } else if (history.size() >= historyMin) {
            againstHistory(size, history, alarms);
        }
        if (!(evidence.divergence() <= divergenceMax)) {
            alarms.add(new Alarm(
                    Alarm.Guard.DIVERGENCE,
                    number(
                            "what the model says to fixed texts diverges by %.3g nats a token, allowed: at most %.3g",
                            evidence.divergence(), divergenceMax)));
        }
        return alarms;
    }

    /** One alarm at most, for the measure that stands out most. */
    private void againstHistory(DeltaSize size, List<Evidence> history, List<Alarm> alarms) {
        var sizes = history.stream().map(Evidence::size).toList();
        var scores = new TreeMap<String, Double>();
        scores.put(
                "Frobenius norm",
                zScore(
                        size.frobeniusNorm(),
                        sizes.stream().map(DeltaSize::frobeniusNorm).toList()));
        scores.put(
                "largest singular value",
                zScore(
                        size.largestSingularValue(),
                        sizes.stream().map(DeltaSize::largestSingularValue).toList()));
        size.normPerModule().forEach((module, norm) -> {
            var norms = sizes.stream()
                    .map(each -> each.normPerModule().get(module))
                    .filter(each -> each != null)
                    .toList();
            if (norms.size() >= historyMin) {
                scores.put("norm of " + module, zScore(norm, norms));
            }
        });
        var worst = scores.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
        if (!(worst.getValue() <= zScoreMax)) {
            alarms.add(new Alarm(
                    Alarm.Guard.WEIGHT_ANOMALY,
                    number(
                            "%s lies %.1f standard deviations above %d earlier releases, allowed: at most %.1f",
                            worst.getKey(), worst.getValue(), history.size(), zScoreMax)));
        }
    }

    private static double zScore(double value, List<Double> history) {
        var logs = history.stream().mapToDouble(WeightGuard::log).toArray();
        double mean = 0;
        for (double log : logs) {
            mean += log / logs.length;
        }
        double squares = 0;
        for (double log : logs) {
            squares += (log - mean) * (log - mean);
        }
        double deviation = Math.max(LOG_DEVIATION_MIN, Math.sqrt(squares / (logs.length - 1)));
        return (log(value) - mean) / deviation;
    }

    /** A module that is not changed at all has norm 0. */
    private static double log(double norm) {
        return Math.log(Math.max(norm, 1e-12));
    }

    private static void requirePositive(String field, double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException(field + " is " + value + "; allowed: above 0");
        }
    }

    private static String number(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
