package dev.sealstream.tinyworld.pretraining;

/**
 * What can be turned about pre-training.
 *
 * @param seed of weights, corpus and pool
 * @param steps optimizer steps; the curriculum and the learning rate stretch with it
 * @param imitationFrom part of the run after which the base policy's style mixture is read
 * @param plainPassageWeight weight of passages without a prompt, read by every fourth step once imitation has begun. More
 *     of it and a model learns more from a passage alone; none, and it learns almost nothing from one
 * @param pool people told and asked about closed-book at a time; one leaves every other step. A smaller pool repeats
 *     its facts more often, so that storing them emerges earlier
 * @param bfloat16 matrix products in bfloat16
 */
record PretrainingSettings(
        long seed, int steps, double imitationFrom, double plainPassageWeight, int pool, boolean bfloat16) {
    static final int PLAIN_PASSAGES = 8;
    static final int PLAIN_PASSAGES_EVERY = 4;

    private static final int WARM_UP_STEPS = 20;
    private static final double CONSTANT_UNTIL = .5;
    private static final double LAST_RATE = .03;

    PretrainingSettings {
        if (steps < 1) {
            throw new IllegalArgumentException("steps is " + steps + ", needs at least 1");
        }
        if (!(plainPassageWeight >= 0)) {
            throw new IllegalArgumentException(
                    "plainPassageWeight is " + plainPassageWeight + ", must not be negative");
        }
    }

    /** Scale of both learning rates: a short warm-up, constant, then linear to 3 %. */
    double rateScale(int step) {
        double warmUp = Math.min(1, (step + 1.0) / WARM_UP_STEPS);
        double left = (1 - progress(step)) / (1 - CONSTANT_UNTIL);
        return warmUp * Math.max(LAST_RATE, Math.min(1, left));
    }

    double progress(int step) {
        return (double) step / steps;
    }
}
