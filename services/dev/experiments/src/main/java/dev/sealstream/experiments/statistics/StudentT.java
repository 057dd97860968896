package dev.sealstream.experiments.statistics;

/** Quantiles of Student's t distribution. */
final class StudentT {
    /** 97.5 % quantile of the normal distribution. */
    private static final double Z = 1.959963984540054;

    /** Below four degrees of freedom the expansion is off by more than a hundredth. */
    private static final double[] EXACT = {12.706204736, 4.302652730, 3.182446305};

    private StudentT() {}

    /**
     * The 97.5 % quantile, to three digits or better: what a 95 % interval multiplies the standard error by.
     *
     * <p>Source: the Cornish–Fisher expansion, Abramowitz and Stegun 26.7.5.
     *
     * @param degreesOfFreedom 1 or more
     */
    static double quantile975(int degreesOfFreedom) {
        if (degreesOfFreedom < 1) {
            throw new IllegalArgumentException(
                    "degrees of freedom are " + degreesOfFreedom + "; allowed: 1 or more, so at least two values");
        }
        if (degreesOfFreedom <= EXACT.length) {
            return EXACT[degreesOfFreedom - 1];
        }
        double n = degreesOfFreedom;
        double z3 = Z * Z * Z;
        double z5 = z3 * Z * Z;
        double z7 = z5 * Z * Z;
        double z9 = z7 * Z * Z;
        return Z
                + (z3 + Z) / (4 * n)
                + (5 * z5 + 16 * z3 + 3 * Z) / (96 * n * n)
                + (3 * z7 + 19 * z5 + 17 * z3 - 15 * Z) / (384 * n * n * n)
                + (79 * z9 + 776 * z7 + 1482 * z5 - 1920 * z3 - 945 * Z) / (92160 * n * n * n * n);
    }
}
