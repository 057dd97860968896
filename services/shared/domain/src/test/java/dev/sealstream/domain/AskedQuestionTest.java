package dev.sealstream.domain;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class AskedQuestionTest {
    @Test
    void whatMostCompletionsAskComesFirstAndOfEqualsTheFirst() {
        // Given: the second completion asks one thing twice, which counts once
        var completions = List.of(
                WrittenQuestion.in("Question 1: Who is Ada? Answer: a smith\nQuestion 2: Where is Ulm? Answer: south"),
                WrittenQuestion.in("Question 1: Who is Bo? Answer: a cook\nQuestion 2: Who is Bo? Answer: a cook"),
                WrittenQuestion.in("Question 1: where is the Ulm Answer: north"));

        // When
        var commonest = AskedQuestion.commonest(completions, 2);

        // Then
        assertThat(commonest)
                .extracting(asked -> asked.wording().question())
                .containsExactly("Where is Ulm?", "Who is Ada?");
        assertThat(commonest.get(0).writtenAnswers()).containsExactly("south", "north");
    }

    @Test
    void answerThatMostGiveCountsAsRightAndTheQuestionIsMarked() {
        // Given
        var asked = asked("Ulm", "Ulm");

        // When
        var question =
                asked.agreed(List.of("ulm.", "Ulm", "Bern", "the Ulm"), 0.75).orElseThrow();

        // Then
        assertThat(question).isEqualTo(new Question("Where does Ada live?", "ulm.", null, 0.75));
        assertThat(question.labelFree()).isTrue();
    }

    @Test
    void tooSmallAMajorityIsNone() {
        assertThat(asked("Ulm").agreed(List.of("Ulm", "Ulm", "Bern", "Rome"), 0.75))
                .isEmpty();
        assertThat(asked("Ulm").agreed(List.of("Ulm", "", "", ""), 0.75)).isEmpty();
        assertThat(asked("Ulm").agreed(List.of("", ""), 0.75)).isEmpty();
    }

    @Test
    void answerThatIsNotWhatWasWrittenWithTheQuestionIsNone() {
        assertThat(asked("Bern").agreed(List.of("Ulm", "Ulm"), 0.75)).isEmpty();
        assertThat(asked("Ulm", "Bern").agreed(List.of("Ulm", "Ulm"), 0.75)).isEmpty();
    }

    @Test
    void whatPeopleSendIsNotMarked() {
        assertThat(new Question("Where does Ada live?", "Ulm").labelFree()).isFalse();
    }

    private static AskedQuestion asked(String... writtenAnswers) {
        var wording = new WrittenQuestion("Where does Ada live?", writtenAnswers[0], "Where does Ada live? Answer:");
        return new AskedQuestion(wording, List.of(writtenAnswers));
    }
}
