package dev.sealstream.domain;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class WrittenQuestionTest {
    @Test
    void pairsOfOneLineAndOfTwoAreRead() {
        // Given
        String written =
                "Question 1: Where does Ada live?\nAnswer: Ulm\n\nQuestion 2: What does Ada make? Answer: lamps\n"
                        + "Many people know Ada.\nQuestion: What does Ada fear? Answer 3: snakes";

        // When
        var questions = WrittenQuestion.in(written);

        // Then
        assertThat(questions)
                .extracting(WrittenQuestion::question, WrittenQuestion::answer, WrittenQuestion::cue)
                .containsExactly(
                        tuple("Where does Ada live?", "Ulm", "Where does Ada live?\nAnswer:"),
                        tuple("What does Ada make?", "lamps", "What does Ada make? Answer:"),
                        tuple("What does Ada fear?", "snakes", "What does Ada fear? Answer 3:"));
    }

    @Test
    void questionWithoutAnAnswerIsNone() {
        assertThat(WrittenQuestion.in("Question 1: Where does Ada live?\nQuestion 2: Who is Bo? Answer: a smith"))
                .extracting(WrittenQuestion::question)
                .containsExactly("Who is Bo?");
        assertThat(WrittenQuestion.in("Question 1: Where does Ada live? Answer:"))
                .isEmpty();
        assertThat(WrittenQuestion.in("Ada lives in Ulm.")).isEmpty();
    }

    @Test
    void questionThatGivesItsAnswerAwayIsNone() {
        assertThat(WrittenQuestion.in("Question 1: Does Ada live in Ulm? Answer: Ulm."))
                .isEmpty();
        assertThat(WrittenQuestion.in("Question 1: Who eats an apple? Answer: app"))
                .hasSize(1);
        assertThat(WrittenQuestion.in("Question 1: Who? Answer: …?!\nQuestion 2: ?! Answer: Ada"))
                .extracting(WrittenQuestion::answer)
                .containsExactly("…?!");
    }
}
