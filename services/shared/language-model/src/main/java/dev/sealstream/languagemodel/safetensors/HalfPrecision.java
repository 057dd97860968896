package dev.sealstream.languagemodel.safetensors;

/** Sixteen-bit floats as 32-bit ones; every value has an exact counterpart. */
final class HalfPrecision {
    private static final int FLOAT16_MANTISSA_BITS = 10;
    private static final int FLOAT16_EXPONENT_MAX = 31;
    private static final int FLOAT16_BIAS = 15;

    private HalfPrecision() {}

    /** bfloat16 is the upper half of a float. */
    static float ofBfloat16(short bits) {
        return Float.intBitsToFloat(bits << Short.SIZE);
    }

    /** IEEE 754 binary16: sign, 5 bits of exponent, 10 of mantissa. */
    static float ofFloat16(short bits) {
        int exponent = (bits >> FLOAT16_MANTISSA_BITS) & FLOAT16_EXPONENT_MAX;
        int mantissa = bits & ((1 << FLOAT16_MANTISSA_BITS) - 1);
        float magnitude;
        if (exponent == FLOAT16_EXPONENT_MAX) {
            magnitude = mantissa == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
        } else if (exponent == 0) { // subnormal: no hidden bit
            magnitude = Math.scalb((float) mantissa, 1 - FLOAT16_BIAS - FLOAT16_MANTISSA_BITS);
        } else {
            magnitude = Math.scalb(
                    (float) (mantissa | 1 << FLOAT16_MANTISSA_BITS), exponent - FLOAT16_BIAS - FLOAT16_MANTISSA_BITS);
        }
        return bits < 0 ? -magnitude : magnitude;
    }
}
