package dev.sealstream.languagemodel;

/**
 * The two factors of one adapted module.
 *
 * @param a (rank, inFeatures), row-major; not copied
 * @param b (outFeatures, rank), row-major; not copied
 */
public record LoraFactors(int rank, int inFeatures, int outFeatures, float[] a, float[] b) {
    public LoraFactors {
        if (a.length != rank * inFeatures || b.length != outFeatures * rank) {
            throw new IllegalArgumentException("factors of rank " + rank + " from " + inFeatures + " to " + outFeatures
                    + " features have " + a.length + " and " + b.length + " values, expected " + rank * inFeatures
                    + " and " + outFeatures * rank);
        }
    }

    boolean isFinite() {
        return isFinite(a) && isFinite(b);
    }

    private static boolean isFinite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }
}
