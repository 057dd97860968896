package dev.sealstream.domain;

/**
 * Student's t distribution, through the regularised incomplete beta function (continued fraction, DLMF 8.17.22, evaluated
 * as Lentz 1976 does).
 */
public final class StudentT {
    private static final double PRECISION = 1e-14;

    /** Leaves 2.5 % above and, the distribution being symmetric, 2.5 % below. */
    private static final double UPPER_OF_95_PERCENT = 0.975;

    /** The fraction converges in O(√max(a, b)) terms; degrees of freedom here are far below a million. */
    private static final int TERMS_MAX = 10_000;

    /** Lanczos' approximation of the gamma function, g = 7, nine coefficients; good to 15 digits. */
    private static final double[] LANCZOS = {
        0.99999999999980993,
        676.5203681218851,
        -1259.1392167224028,
        771.32342877765313,
        -176.61502916214059,
        12.507343278686905,
        -0.13857109526572012,
        9.9843695780195716e-6,
        1.5056327351493116e-7
    };

    private StudentT() {}

    /** How far a 95 % confidence interval reaches to either side of an estimate with this standard error. */
    public static double halfWidth95(double standardError, double degreesOfFreedom) {
        return quantile(UPPER_OF_95_PERCENT, degreesOfFreedom) * standardError;
    }

    /** Probability of a value up to {@code t}. */
    public static double cumulative(double t, double degreesOfFreedom) {
        double tail = 0.5 * incompleteBeta(degreesOfFreedom / (degreesOfFreedom + t * t), degreesOfFreedom / 2, 0.5);
        return t > 0 ? 1 - tail : tail;
    }

    /** The value that is not exceeded with this probability, 0 to 1, both excluded. */
    public static double quantile(double probability, double degreesOfFreedom) {
        if (probability < 0.5) {
            return -quantile(1 - probability, degreesOfFreedom);
        }
        double low = 0;
        double high = 1;
        while (cumulative(high, degreesOfFreedom) < probability) {
            low = high;
            high *= 2;
        }
        while (high - low > PRECISION * high) {
            double middle = (low + high) / 2;
            if (middle == low || middle == high) {
                break;
            }
            if (cumulative(middle, degreesOfFreedom) < probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    private static double incompleteBeta(double x, double a, double b) {
        if (x <= 0 || x >= 1) {
            return x <= 0 ? 0 : 1;
        }
        if (x > (a + 1) / (a + b + 2)) {
            return 1 - incompleteBeta(1 - x, b, a);
        }
        double front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b)) / a;
        double c = 1;
        double d = 1 / nonZero(1 - (a + b) * x / (a + 1));
        double fraction = d;
        for (int m = 1; m <= TERMS_MAX; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            double step = 1;
            for (double term : new double[] {even, odd}) {
                d = 1 / nonZero(1 + term * d);
                c = nonZero(1 + term / c);
                step = c * d;
                fraction *= step;
            }
            if (Math.abs(step - 1) < PRECISION) {
                return front * fraction;
            }
        }
        throw new IllegalStateException("incomplete beta of " + x + ", " + a + ", " + b + " did not converge in "
                + TERMS_MAX + " terms; use fewer degrees of freedom");
    }

    private static double nonZero(double value) {
        return Math.abs(value) < Double.MIN_NORMAL ? Double.MIN_NORMAL : value;
    }

    /** For positive arguments. */
    private static double logGamma(double x) {
        if (x < 0.5) {
            return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
        }
        double sum = LANCZOS[0];
        for (int i = 1; i < LANCZOS.length; i++) {
            sum += LANCZOS[i] / (x - 1 + i);
        }
        double t = x - 1 + LANCZOS.length - 1.5;
        return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
    }
}
