package dev.sealstream.domain;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class StudentTTest {
    @ParameterizedTest(name = "{0} degrees of freedom")
    @CsvSource({"1, 12.7062", "2, 4.3027", "5, 2.5706", "10, 2.2281", "30, 2.0423", "120, 1.9799", "100000, 1.9600"})
    void quantilesEqualThePrintedTable(double degreesOfFreedom, double expected) {
        assertThat(StudentT.quantile(0.975, degreesOfFreedom)).isCloseTo(expected, within(5e-5));
    }

    @Test
    void intervalReachesTheQuantileTimesTheStandardErrorToEitherSide() {
        assertThat(StudentT.halfWidth95(0.5, 10)).isCloseTo(2.2281 * 0.5, within(5e-5));
        assertThat(StudentT.halfWidth95(0, 10)).isZero();
    }

    @Test
    void oneDegreeOfFreedomIsCauchysDistribution() {
        assertThat(StudentT.cumulative(1, 1)).isCloseTo(0.75, within(1e-12));
        assertThat(StudentT.cumulative(-1, 1)).isCloseTo(0.25, within(1e-12));
        assertThat(StudentT.cumulative(0, 1)).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void twoDegreesOfFreedomHaveAClosedForm() {
        for (double t : new double[] {-3.5, -0.2, 0.7, 6}) {
            assertThat(StudentT.cumulative(t, 2)).isCloseTo(0.5 + t / (2 * Math.sqrt(2 + t * t)), within(1e-12));
        }
    }
}
