package dev.sealstream.tinyworld.pretraining;

/**
 * One of the two stages of pre-training; each starts with fresh optimizer states and a fresh pool of people.
 *
 * @param kind what is read, and how the learning rate runs
 * @param steps optimizer steps; curriculum and learning rate stretch with it
 * @param plainPassageWeight weight of passages without a prompt, read by every fourth step once styles are imitated. More
 *     of it and a model learns more from a passage alone; none, and it learns almost nothing from one
 */
record Stage(Kind kind, int steps, double plainPassageWeight) {
    /** What a stage is for. */
    enum Kind {
        /** From nothing to a model that reads, stores facts and imitates the base policy. */
        GROWTH,
        /** At a lower rate: restores storing, which suffers when the rate falls faster than the pool changes. */
        CONSOLIDATION
    }

    static final int PLAIN_PASSAGES = 8;
    static final int PLAIN_PASSAGES_EVERY = 4;

    private static final int WARM_UP_STEPS = 20;
    private static final double CONSTANT_UNTIL = .5;
    private static final double CONSOLIDATION_RATE = .5;
    private static final double LAST_RATE = .03;
    private static final double ROTATION = .5;

    Stage {
        if (steps < 1) {
            throw new IllegalArgumentException("steps is " + steps + ", needs at least 1");
        }
        if (!(plainPassageWeight >= 0)) {
            throw new IllegalArgumentException(
                    "plainPassageWeight is " + plainPassageWeight + ", must not be negative");
        }
    }

    Phase phase(int step) {
        return kind == Kind.GROWTH ? Phase.growth(progress(step)) : Phase.consolidation();
    }

    /** Scale of both learning rates: a short warm-up, in growth constant for half the steps, then linear to 3 %. */
    double rateScale(int step) {
        double warmUp = Math.min(1, (step + 1.0) / WARM_UP_STEPS);
        double left = 1 - progress(step);
        double rate = kind == Kind.GROWTH ? Math.min(1, left / (1 - CONSTANT_UNTIL)) : CONSOLIDATION_RATE * left;
        return warmUp * Math.max(LAST_RATE, rate);
    }

    /** Chance that a step replaces a person of the pool. Who learns more slowly should meet new people more rarely. */
    double rotation(int step) {
        return kind == Kind.GROWTH ? ROTATION : ROTATION * rateScale(step);
    }

    boolean readsPlainPassages(int step) {
        return plainPassageWeight > 0 && phase(step).mixture().isPresent() && step % PLAIN_PASSAGES_EVERY == 0;
    }

    private double progress(int step) {
        return (double) step / steps;
    }
}
