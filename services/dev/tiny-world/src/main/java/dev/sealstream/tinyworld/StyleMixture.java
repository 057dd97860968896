package dev.sealstream.tinyworld;

import java.util.EnumMap;
import java.util.Map;

/**
 * How often the base policy uses each style, and how often it gets a value wrong on purpose.
 *
 * <p>Good and bad styles are both common, so that reinforcement learning finds differences within a group of five.
 */
public record StyleMixture(Map<SelfEditStyle, Double> weights, double wrongValueChance) {
    public static final StyleMixture BASE = new StyleMixture(
            Map.of(
                    SelfEditStyle.VAGUE, .14,
                    SelfEditStyle.PARTIAL, .22,
                    SelfEditStyle.COPY, .14,
                    SelfEditStyle.REWRITE, .16,
                    SelfEditStyle.IMPLICATIONS, .13,
                    SelfEditStyle.QUESTIONS, .10,
                    SelfEditStyle.MIXED, .11),
            .04);

    public StyleMixture {
        weights = Map.copyOf(weights);
        if (weights.values().stream().anyMatch(weight -> !(weight >= 0))
                || weights.values().stream().mapToDouble(Double::doubleValue).sum() <= 0) {
            throw new IllegalArgumentException("style weights " + weights + " must be at least 0 and not all 0");
        }
        if (!(wrongValueChance >= 0 && wrongValueChance <= 1)) {
            throw new IllegalArgumentException("wrongValueChance is " + wrongValueChance + ", allowed 0 to 1");
        }
    }

    public SelfEditStyle draw(Draw draw) {
        // Enum order, not map order: immutable maps iterate in an order that differs from run to run.
        var ordered = new EnumMap<SelfEditStyle, Double>(weights);
        double left = draw.fraction()
                * ordered.values().stream().mapToDouble(Double::doubleValue).sum();
        SelfEditStyle last = null;
        for (var entry : ordered.entrySet()) {
            last = entry.getKey();
            left -= entry.getValue();
            if (left < 0) {
                break;
            }
        }
        return last;
    }
}
