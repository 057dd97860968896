package dev.sealstream.policymodel;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Against forgetting: which methods, and how strong each is.
 *
 * @param methods {@link Forgetting#NONE} or {@link Forgetting#GATED} alone, or any of the others together
 * @param lessonsMax most earlier lessons that one update replays; more of them are sampled
 * @param replayWeight what a replayed lesson counts for against the new one
 * @param klWeight of the mean divergence over tokens
 * @param anchorsMax most texts on which the divergence is taken
 * @param l2Weight of ‖ΔW‖² over all modules
 * @param overlapWeight of ‖A Eᵀ‖² over all modules, E being the rows that earlier deltas read
 */
public record ForgettingSettings(
        Set<Forgetting> methods,
        int lessonsMax,
        double replayWeight,
        double klWeight,
        int anchorsMax,
        double l2Weight,
        double overlapWeight) {
    /** Plain merging. */
    public static final ForgettingSettings NONE = new ForgettingSettings(Set.of(Forgetting.NONE), 1, 0, 0, 1, 0, 0);

    public ForgettingSettings {
        if (methods.isEmpty()) {
            throw new IllegalArgumentException("forgetting names no method; allowed: " + List.of(Forgetting.values()));
        }
        methods = Set.copyOf(EnumSet.copyOf(methods));
        if (methods.size() > 1 && !methods.stream().allMatch(Forgetting::inLoss)) {
            throw new IllegalArgumentException("forgetting is " + EnumSet.copyOf(methods)
                    + "; allowed: NONE alone, GATED alone, or any of REPLAY, KL, L2 and ORTHOGONAL together");
        }
        if (lessonsMax < 1 || anchorsMax < 1) {
            throw new IllegalArgumentException(
                    "lessonsMax is " + lessonsMax + " and anchorsMax " + anchorsMax + "; allowed: 1 or more");
        }
    }

    boolean uses(Forgetting method) {
        return methods.contains(method);
    }

    /** Whether earlier lessons change how the next one is learnt. */
    boolean needsPast() {
        return methods.stream().anyMatch(Forgetting::inLoss);
    }

    double weight(Forgetting method, double weight) {
        return uses(method) ? weight : 0;
    }
}
