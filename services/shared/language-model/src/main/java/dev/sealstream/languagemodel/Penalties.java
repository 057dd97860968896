package dev.sealstream.languagemodel;

import java.util.List;

/**
 * What an adapter's objective holds beside losses on texts.
 *
 * @param l2 weight of ‖ΔW‖², the squared Frobenius norm of the weight change over all modules
 * @param overlap weight of ‖A Eᵀ‖², where E holds the rows that {@code earlier} adapters read: new ones are to read other
 *     directions (O-LoRA, Wang et al. 2023, arXiv 2310.14152, equation 8)
 * @param earlier adapters whose directions are taken; may be empty
 */
public record Penalties(double l2, double overlap, List<LoraAdapter> earlier) {
    public static final Penalties NONE = new Penalties(0, 0, List.of());

    public Penalties {
        earlier = List.copyOf(earlier);
        if (!(l2 >= 0) || !(overlap >= 0) || Double.isInfinite(l2) || Double.isInfinite(overlap)) {
            throw new IllegalArgumentException(
                    "penalties have l2 " + l2 + " and overlap " + overlap + "; they must be finite and not negative");
        }
    }

    boolean isNone() {
        return l2 == 0 && (overlap == 0 || earlier.isEmpty());
    }
}
