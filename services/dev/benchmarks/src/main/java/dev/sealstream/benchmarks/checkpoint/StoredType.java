package dev.sealstream.benchmarks.checkpoint;

/** How a value is stored in a safetensors file. */
public enum StoredType {
    F32("float32", 4) {
        @Override
        int bits(float value) {
            return Float.floatToRawIntBits(value);
        }
    },
    F16("float16", 2) {
        @Override
        int bits(float value) {
            int bits = Float.floatToRawIntBits(value);
            int sign = bits >>> 16 & 0x8000;
            float magnitude = Math.abs(value);
            if (magnitude >= F16_OVERFLOW) {
                return sign | F16_INFINITY;
            }
            if (magnitude < F16_NORMAL_MIN) {
                return sign | (int) Math.rint(magnitude / F16_SUBNORMAL_STEP);
            }
            int rounded = (bits & 0x7fffffff) + 0xfff + (bits >>> 13 & 1);
            return sign | (rounded >>> 13) - F16_EXPONENT_SHIFT;
        }
    },
    BF16("bfloat16", 2) {
        @Override
        int bits(float value) {
            int bits = Float.floatToRawIntBits(value);
            return bits + 0x7fff + (bits >>> 16 & 1) >>> 16;
        }
    };

    /** Rounds to infinity from here on. */
    private static final float F16_OVERFLOW = 65520;

    private static final int F16_INFINITY = 0x7c00;
    private static final float F16_NORMAL_MIN = 0x1p-14f;
    private static final float F16_SUBNORMAL_STEP = 0x1p-24f;
    /** Difference of the exponents' offsets, 127 − 15, above ten bits of mantissa. */
    private static final int F16_EXPONENT_SHIFT = 112 << 10;

    private final String torchName;
    private final int bytes;

    StoredType(String torchName, int bytes) {
        this.torchName = torchName;
        this.bytes = bytes;
    }

    /** As {@code torch_dtype} of a {@code config.json} spells it. */
    String torchName() {
        return torchName;
    }

    public int bytes() {
        return bytes;
    }

    /** The value rounded to nearest, ties to even, in the low {@code 8 · bytes} bits. */
    abstract int bits(float value);
}
