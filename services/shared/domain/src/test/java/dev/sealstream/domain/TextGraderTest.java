package dev.sealstream.domain;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class TextGraderTest {

    /** The scores are those of SQuAD's official evaluation script, worked out by hand. */
    @ParameterizedTest(name = "{1} for {0}: exact {2}, F1 {3}, contains {4}")
    @CsvSource({
        "the Battle of Hastings, battle of hastings!, 1, 1, 1",
        "Battle of Hastings, in the battle of Hastings in 1066, 0, 0.66667, 1",
        "Battle of Hastings, Hastings battle, 0, 0.8, 0",
        "Battle of Hastings, Waterloo, 0, 0, 0",
        "go go, go, 0, 0.66667, 0",
        "U.S.A., usa, 1, 1, 1",
        "art, the artist, 0, 0, 0",
        "The, The, 1, 1, 1",
        "The, Paris, 0, 0, 0"
    })
    void textsAreComparedAsSquadDoes(String expected, String said, double exact, double f1, double contains) {
        var question = new Question("?", expected);

        assertThat(TextGrader.EXACT_MATCH.grade(question, said).score()).isEqualTo(exact);
        assertThat(TextGrader.F1.grade(question, said).score()).isCloseTo(f1, within(1e-5));
        assertThat(TextGrader.CONTAINS.grade(question, said).score()).isEqualTo(contains);
    }

    @Test
    void answersAreGradedInTheirOrder() {
        // Given
        var question = new Question("?", "Ulm");
        var answers = List.of(new Grader.Answer(question, "Ulm"), new Grader.Answer(question, "Bonn"));

        // When
        var verdicts = TextGrader.EXACT_MATCH.grade(answers);

        // Then
        assertThat(verdicts).containsExactly(new Verdict.Given(1, null), new Verdict.Given(0, null));
    }

    @Test
    void yesOrNoFollowsFromTheScore() {
        var question = new Question("?", "one two three four");

        assertThat(TextGrader.F1.grade(question, "one two x y").correct()).isTrue();
        assertThat(TextGrader.F1.grade(question, "one x y z").correct()).isFalse();
    }

    @Test
    void unicodeSpacesSeparateWords() {
        assertThat(SquadText.words("The\u00a0Old\u2003Town")).containsExactly("old", "town");
    }
}
