package dev.sealstream.languagemodel;

import java.util.List;

/**
 * Shape of a LoRA adapter (Hu et al. 2021): {@code W + (alpha / rank) · B A} in place of W.
 *
 * @param rank r, rows of A and columns of B
 * @param alpha strength, before division by the rank
 * @param targetModules linear modules that are adapted in every layer, by the last part of their names
 */
public record LoraSettings(int rank, double alpha, List<String> targetModules) {
    /** Every linear module of a transformer block. */
    public static final List<String> ALL_LINEAR =
            List.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj");

    public LoraSettings {
        targetModules = List.copyOf(targetModules);
        if (rank < 1) {
            throw new IllegalArgumentException("rank is " + rank + "; at least 1 is needed");
        }
        if (!Double.isFinite(alpha)) {
            throw new IllegalArgumentException("alpha is " + alpha + "; it must be finite");
        }
        if (targetModules.isEmpty()) {
            throw new IllegalArgumentException("targetModules is empty; give some of " + ALL_LINEAR);
        }
        for (String module : targetModules) {
            if (!LinearModule.isShortName(module)) {
                throw new IllegalArgumentException(
                        "target module " + module + " is unknown; give some of " + ALL_LINEAR);
            }
        }
    }

    /** alpha / rank, the factor of B·A. */
    public double scale() {
        return alpha / rank;
    }

    boolean targets(LinearModule module) {
        return targetModules.contains(module.shortName());
    }
}
