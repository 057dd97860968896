package dev.sealstream.languagemodel;

/**
 * Rotary position embedding (Su et al. 2021): pair i of a head turns by position · theta^(-2i/h), scaled for models that
 * were stretched to longer texts.
 *
 * @param theta base of the frequencies; 0 for a model without rotary positions
 */
public record RotaryPositions(double theta, Scaling scaling) {
    private static final RotaryPositions NONE = new RotaryPositions(0, new Plain());

    /** How frequencies are changed after pre-training. */
    public sealed interface Scaling permits Plain, Linear, Llama3 {}

    /** Not at all. */
    public record Plain() implements Scaling {}

    /**
     * All positions closer together (Chen et al. 2023).
     *
     * @param factor above 0; divides every frequency
     */
    public record Linear(double factor) implements Scaling {
        public Linear {
            atLeastPositive("factor", factor);
        }
    }

    /**
     * Llama 3's: slow frequencies are divided by the factor, fast ones stay, those between are blended (Grattafiori et al.
     * 2024 and the code released with it).
     *
     * @param factor above 0; divides the slow frequencies
     * @param lowFrequencyFactor a wave longer than originalPositions divided by this is slow
     * @param highFrequencyFactor a wave shorter than originalPositions divided by this is fast
     * @param originalPositions longest text of the pre-training, in tokens
     */
    public record Llama3(double factor, double lowFrequencyFactor, double highFrequencyFactor, double originalPositions)
            implements Scaling {
        public Llama3 {
            atLeastPositive("factor", factor);
            atLeastPositive("low_freq_factor", lowFrequencyFactor);
            atLeastPositive("original_max_position_embeddings", originalPositions);
            if (!(highFrequencyFactor > lowFrequencyFactor)) {
                throw new IllegalArgumentException("rope_scaling has high_freq_factor " + highFrequencyFactor
                        + " and low_freq_factor " + lowFrequencyFactor + "; the first must be the larger");
            }
        }
    }

    public RotaryPositions {
        if (theta != 0 && !(theta > 1)) {
            throw new IllegalArgumentException("rope_theta is " + theta + "; it must be above 1");
        }
    }

    private static void atLeastPositive(String name, double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException("rope_scaling has " + name + " " + value + "; it must be positive");
        }
    }

    /** Frequencies as pre-trained. */
    public static RotaryPositions plain(double theta) {
        return new RotaryPositions(theta, new Plain());
    }

    /** For a model with learnt positions. */
    public static RotaryPositions none() {
        return NONE;
    }

    boolean isNone() {
        return theta == 0;
    }

    /**
     * Returns the frequencies, in double precision before rounding.
     *
     * @param headDimension h, even
     * @return h / 2 values in radians per position; none for a model without rotary positions
     */
    float[] frequencies(int headDimension) {
        float[] frequencies = new float[isNone() ? 0 : headDimension / 2];
        for (int i = 0; i < frequencies.length; i++) {
            frequencies[i] = (float) scaled(Math.pow(theta, -2.0 * i / headDimension));
        }
        return frequencies;
    }

    private double scaled(double frequency) {
        if (scaling instanceof Linear linear) {
            return frequency / linear.factor();
        } else if (scaling instanceof Llama3 llama) {
            double waves = llama.originalPositions() * frequency / (2 * Math.PI);
            double blend =
                    (waves - llama.lowFrequencyFactor()) / (llama.highFrequencyFactor() - llama.lowFrequencyFactor());
            double kept = Math.min(1, Math.max(0, blend));
            return kept * frequency + (1 - kept) * frequency / llama.factor();
        }
        return frequency;
    }
}
