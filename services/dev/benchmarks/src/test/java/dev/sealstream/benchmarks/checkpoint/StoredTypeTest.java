package dev.sealstream.benchmarks.checkpoint;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class StoredTypeTest {

    /** From the tables of IEEE 754 binary16. */
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 3c00",
        "-2, c000",
        "65504, 7bff",
        "65519, 7bff",
        "65520, 7c00",
        "0.000061035156, 400",
        "5.9604645e-8, 1",
        "0.33325195, 3555",
        "1.0004882812, 3c00",
        "1.0014648437, 3c02"
    })
    void float16RoundsToNearestEven(float value, String hexadecimal) {
        // When
        int bits = StoredType.F16.bits(value);

        // Then
        assertThat(Integer.toHexString(bits)).isEqualTo(hexadecimal);
    }

    @ParameterizedTest
    @CsvSource({"1, 3f80", "-0.5, bf00", "1.00390625, 3f80", "1.01171875, 3f82", "3.1415927, 4049"})
    void bfloat16RoundsToNearestEven(float value, String hexadecimal) {
        // When
        int bits = StoredType.BF16.bits(value) & 0xffff;

        // Then
        assertThat(Integer.toHexString(bits)).isEqualTo(hexadecimal);
    }
}
