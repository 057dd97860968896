package dev.sealstream.experiments.knowledge;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SquadSplitTest {
    @Test
    void largeFileGivesTheDefaultsAndSaysNothing() {
        assertThat(SquadSplit.of(332, 2, null, null, null)).isEqualTo(new SquadSplit(50, 32, 200, ""));
        assertThat(SquadSplit.of(10_000, 2, null, null, null)).isEqualTo(new SquadSplit(50, 32, 200, ""));
    }

    @Test
    void smallFileShrinksAllPartsInProportionAndSaysSo() {
        // When
        var split = SquadSplit.of(60, 2, null, null, null);

        // Then
        assertThat(split.passages()).isEqualTo(9);
        assertThat(split.gate()).isEqualTo(5);
        assertThat(split.heldOut()).isEqualTo(60 - 18 - 5);
        assertThat(split.notice())
                .isEqualTo(
                        "the file has 60 documents, fewer than the defaults need: 2 rounds of 9, 5 for the gate, 37 to"
                                + " measure");
    }

    @Test
    void whatIsAskedForIsGiven() {
        // When
        var split = SquadSplit.of(60, 2, 20, null, null);

        // Then
        assertThat(split.passages()).isEqualTo(20);
        assertThat(2 * split.passages() + split.gate() + split.heldOut()).isLessThanOrEqualTo(60);
        assertThat(split.gate()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void whatDoesNotFitIsRefusedWithTheNumbersAndTheRemedy() {
        assertThatThrownBy(() -> SquadSplit.of(60, 2, null, null, 59))
                .hasMessageContaining("the file has 60 documents, the experiment needs at least 63")
                .hasMessageContaining("59 to measure")
                .hasMessageContaining("lower --rounds, --passages, --gate or --eval");
        assertThatThrownBy(() -> SquadSplit.of(60, 2, 40, null, null)).hasMessageContaining("2 rounds of 40");
        assertThatThrownBy(() -> SquadSplit.of(3, 1, null, null, null)).hasMessageContaining("at least 5");
    }
}
