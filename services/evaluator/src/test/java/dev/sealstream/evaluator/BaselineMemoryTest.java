package dev.sealstream.evaluator;

import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.PromptStyle;
import dev.sealstream.domain.Question;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class BaselineMemoryTest {
    private final BaselineMemory memory = new BaselineMemory();
    private int asked;

    @Test
    void datumIsAskedOncePerVersion() {
        // When
        double first = recall("v0", datum("a", "Ulm"));
        double again = recall("v0", datum("a", "Ulm"));
        double other = recall("v1", datum("a", "Ulm"));

        // Then
        assertThat(List.of(first, again, other)).containsExactly(1.0, 1.0, 2.0);
    }

    @Test
    void sameIdWithOtherQuestionsIsAskedAgain() {
        // When
        recall("v0", datum("a", "Ulm"));
        recall("v0", datum("a", "Bern"));

        // Then
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void whatWasNotNeededForLongestIsForgottenFirst() {
        // Given
        recall("v0", datum("a", "Ulm"));
        for (int i = 0; i < 1_023; i++) {
            recall("v" + (i + 1), datum("a", "Ulm"));
        }
        recall("v0", datum("a", "Ulm"));

        // When
        recall("v1024", datum("a", "Ulm"));

        // Then
        assertThat(recall("v0", datum("a", "Ulm"))).isEqualTo(1.0);
        assertThat(recall("v1", datum("a", "Ulm"))).isEqualTo(1_026.0);
    }

    private double recall(String weightsHash, NewData datum) {
        return memory.recall(weightsHash, datum, () -> (double) ++asked);
    }

    private static NewData datum(String dataId, String answer) {
        return new NewData(
                dataId,
                DataMode.MEASURE,
                PromptStyle.IMPLICATIONS,
                NewData.MAIN_LINEAGE,
                "Ada",
                "Ada lives in " + answer + ".",
                List.of(new Question("Where does Ada live?", answer)),
                "");
    }
}
