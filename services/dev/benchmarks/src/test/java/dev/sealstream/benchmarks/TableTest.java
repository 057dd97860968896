package dev.sealstream.benchmarks;

import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TableTest {
    private final Table table =
            new Table("what", "tokens/s").row("alone", 1234.4).row("together", 12.345);

    @Test
    void columnsLineUpAndNumbersHaveThreeFigures() {
        // When / Then
        assertThat(table.lines())
                .containsExactly(
                        "| what     | tokens/s |",
                        "|----------|----------|",
                        "| alone    |    1,234 |",
                        "| together |     12.3 |");
    }

    @Test
    void mapsKeepEveryDigit() {
        // When / Then
        assertThat(table.asMaps().get(1)).isEqualTo(Map.of("what", "together", "tokens/s", 12.345));
    }

    @Test
    void rowOfAnotherLengthIsRefused() {
        // When / Then
        assertThatThrownBy(() -> table.row("alone")).hasMessage("a row has 1 cells, the table 2 columns");
    }
}
