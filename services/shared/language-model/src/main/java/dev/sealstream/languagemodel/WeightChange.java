package dev.sealstream.languagemodel;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Size of a change ΔW = scale · B A, computed from the factors without forming it.
 *
 * @param frobeniusNorm over all modules together
 * @param largestSingularValue the largest of any module: how far a unit input can be moved
 * @param normPerModule Frobenius norm by module path
 */
public record WeightChange(double frobeniusNorm, double largestSingularValue, Map<String, Double> normPerModule) {
    /** Power iteration stops when the value changes by less than this share, or after the limit. */
    private static final double TOLERANCE = 1e-10;

    private static final int ITERATIONS_MAX = 500;

    public WeightChange {
        normPerModule = Map.copyOf(normPerModule);
    }

    static WeightChange of(LoraAdapter adapter) {
        Map<String, Double> norms = new LinkedHashMap<>();
        double squares = 0;
        double largest = 0;
        for (Map.Entry<String, LoraFactors> module : adapter.modules().entrySet()) {
            LoraFactors factors = module.getValue();
            double scale = Math.abs(adapter.scale(module.getKey()));
            double[][] outer = gramOfRows(factors.a(), factors.rank(), factors.inFeatures()); // A Aᵀ (r, r)
            double[][] inner = gramOfColumns(factors.b(), factors.outFeatures(), factors.rank()); // Bᵀ B (r, r)
            double square = scale * scale * traceOfProduct(outer, inner);
            norms.put(module.getKey(), Math.sqrt(Math.max(0, square)));
            squares += square;
            largest = Math.max(largest, scale * Math.sqrt(largestEigenvalue(outer, inner)));
        }
        return new WeightChange(Math.sqrt(Math.max(0, squares)), largest, norms);
    }

    private static double[][] gramOfRows(float[] a, int rank, int columns) {
        double[][] gram = new double[rank][rank];
        for (int i = 0; i < rank; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int c = 0; c < columns; c++) {
                    sum += (double) a[i * columns + c] * a[j * columns + c];
                }
                gram[i][j] = sum;
                gram[j][i] = sum;
            }
        }
        return gram;
    }

    private static double[][] gramOfColumns(float[] b, int rows, int rank) {
        double[][] gram = new double[rank][rank];
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < rank; i++) {
                for (int j = 0; j < rank; j++) {
                    gram[i][j] += (double) b[row * rank + i] * b[row * rank + j];
                }
            }
        }
        return gram;
    }

    /** ‖B A‖² = tr(Aᵀ Bᵀ B A) = tr((A Aᵀ)(Bᵀ B)). */
    private static double traceOfProduct(double[][] x, double[][] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x.length; j++) {
                sum += x[i][j] * y[j][i];
            }
        }
        return sum;
    }

    /** Largest eigenvalue of (A Aᵀ)(Bᵀ B), which are those of (B A)(B A)ᵀ, by power iteration. */
    private static double largestEigenvalue(double[][] x, double[][] y) {
        double[] vector = new double[x.length];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = 1 + 1.0 / (i + 2); // fixed, and unlikely to be orthogonal to the leading vector
        }
        double value = 0;
        for (int iteration = 0; iteration < ITERATIONS_MAX; iteration++) {
            double[] next = times(x, times(y, vector));
            double length = norm(next);
            if (!(length > 0)) {
                return length; // 0, or NaN of a diverged adapter
            }
            double quotient = length / norm(vector);
            for (int i = 0; i < next.length; i++) {
                vector[i] = next[i] / length;
            }
            if (Math.abs(quotient - value) <= TOLERANCE * quotient) {
                return quotient;
            }
            value = quotient;
        }
        return value;
    }

    private static double[] times(double[][] matrix, double[] vector) {
        double[] product = new double[vector.length];
        for (int i = 0; i < vector.length; i++) {
            for (int j = 0; j < vector.length; j++) {
                product[i] += matrix[i][j] * vector[j];
            }
        }
        return product;
    }

    private static double norm(double[] vector) {
        double sum = 0;
        for (double value : vector) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }
}
