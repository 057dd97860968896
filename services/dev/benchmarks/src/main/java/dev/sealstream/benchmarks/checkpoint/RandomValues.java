package dev.sealstream.benchmarks.checkpoint;

import java.util.SplittableRandom;

/**
 * Normal values in bulk: draws from 65,536 fixed normal values, four for each step of a counter-based generator.
 *
 * <p>Fast enough that a disk, not this, limits how fast a checkpoint is written. The counter makes a tensor's values
 * independent of what was written before it.
 */
final class RandomValues {
    private static final int TABLE = 1 << 16;
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private final float[] normal = new float[TABLE];

    RandomValues() {
        SplittableRandom random = new SplittableRandom(TABLE);
        for (int i = 0; i < TABLE; i++) {
            normal[i] = (float) random.nextGaussian();
        }
    }

    /** The table in storable bits: {@code center + deviation · normal}. */
    int[] bits(StoredType type, float center, float deviation) {
        int[] bits = new int[TABLE];
        for (int i = 0; i < TABLE; i++) {
            bits[i] = type.bits(center + deviation * normal[i]);
        }
        return bits;
    }

    /** Four indices into the table, 16 bits each. SplitMix64 (Steele, Lea and Flood 2014). */
    static long draw(long seed, long counter) {
        long z = seed + counter * GOLDEN_GAMMA;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
