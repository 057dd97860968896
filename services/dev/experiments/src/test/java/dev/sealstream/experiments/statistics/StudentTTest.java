package dev.sealstream.experiments.statistics;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class StudentTTest {
    /** Reference values: any table of the t distribution. */
    @ParameterizedTest
    @CsvSource({"1, 12.7062", "2, 4.3027", "4, 2.7764", "7, 2.3646", "31, 2.0395", "199, 1.9720", "100000, 1.9600"})
    void quantilesAreThoseOfTheTables(int degreesOfFreedom, double expected) {
        assertThat(StudentT.quantile975(degreesOfFreedom)).isCloseTo(expected, within(0.002));
    }
}
