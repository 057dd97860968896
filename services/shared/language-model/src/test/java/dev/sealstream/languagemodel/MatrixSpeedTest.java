package dev.sealstream.languagemodel;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class MatrixSpeedTest {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void speedIsAPositiveNumber(boolean bfloat16) {
        // Given
        try (MatrixSpeed speed = new MatrixSpeed(LoadOptions.cpu())) {
            // When
            double flopsPerSecond = speed.flopsPerSecond(256, bfloat16, 20);

            // Then
            assertThat(flopsPerSecond).isPositive().isFinite();
        }
    }
}
