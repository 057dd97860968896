package dev.sealstream.domain;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NewDataTest {
    private static final List<Question> QUESTIONS = List.of(new Question("Where does Ada live?", "Ulm"));

    @Test
    void promptIsSealsWording() {
        assertThat(data("doc", "Ada", "Ada lives in Ulm.", QUESTIONS).prompt())
                .isEqualTo("Let's read the following passage and produce a list of implications derived directly or "
                        + "indirectly from the content.\n\nPassage:\nAda\nAda lives in Ulm.\n\nImplications:\n");
    }

    @Test
    void questionIsAskedClosedBook() {
        assertThat(QUESTIONS.get(0).closedBookPrompt("Ada"))
                .isEqualTo("Let's answer a question directly and concisely.\n"
                        + "Question: Topic: Ada\nWhere does Ada live?\nAnswer:\n");
    }

    @Test
    void questionWithATopicOfItsOwnIsAskedAboutThatTopic() {
        assertThat(new Question("Where does she live?", "Ulm", "Ada").closedBookPrompt("200 passages"))
                .isEqualTo(new Question("Where does she live?", "Ulm").closedBookPrompt("Ada"));
    }

    @Test
    void separatorsOfDerivedIdsAreRefused() {
        assertThatThrownBy(() -> data("a@1", "t", "c", QUESTIONS)).hasMessageContaining("a@1");
        assertThatThrownBy(() -> data("a#1", "t", "c", QUESTIONS)).hasMessageContaining("a#1");
    }

    @Test
    void missingPartsAreNamed() {
        assertThatThrownBy(() -> data(" ", "t", "c", QUESTIONS)).hasMessageContaining("dataId is blank");
        assertThatThrownBy(() -> data("a", null, "c", QUESTIONS)).hasMessageContaining("title is missing");
        assertThatThrownBy(() -> data("a", "t", "", QUESTIONS)).hasMessageContaining("context is blank");
        assertThatThrownBy(() -> data("a", "t", "c", List.of()))
                .hasMessageContaining("datum a of mode TRAIN has no questions");
        assertThatThrownBy(() -> new Question("Who?", " ")).hasMessageContaining("'Who?' has no answer");
    }

    @Test
    void tooLongContextIsRefusedWithItsLength() {
        String longest = "x".repeat(NewData.CONTEXT_CHARACTERS_MAX);

        assertThat(data("a", "t", longest, QUESTIONS).context()).hasSize(NewData.CONTEXT_CHARACTERS_MAX);
        assertThatThrownBy(() -> data("a", "t", longest + "x", QUESTIONS)).hasMessageContaining("200001");
    }

    @Test
    void sizeOfTheGroupIsBounded() {
        var datum = data("a", "t", "c", QUESTIONS);

        assertThat(datum.groupSize()).isNull();
        assertThat(datum.measured(64, 1).groupSize()).isEqualTo(64);
        assertThatThrownBy(() -> datum.measured(65, null))
                .hasMessage("groupSize of datum a is 65; allowed: 1 to 64, or none for the services' own number");
        assertThatThrownBy(() -> datum.measured(null, 0)).hasMessageContaining("repeats of datum a is 0");
    }

    @Test
    void onlyWhatIsLearntForGoodMayComeWithoutQuestions() {
        // Given
        var datum = new NewData(
                "a", DataMode.ADAPT, PromptStyle.IMPLICATIONS, NewData.MAIN_LINEAGE, "t", "c", List.of(), null);

        // When
        var asked = datum.withQuestions(List.of(new Question("Where does Ada live?", "Ulm", null, 0.875)));

        // Then
        assertThat(datum.questions()).isEmpty();
        assertThat(datum.labelFree()).isFalse();
        assertThat(asked.labelFree()).isTrue();
        assertThatThrownBy(() -> new Question("Who?", "Ada", null, 1.5)).hasMessageContaining("voteShare");
    }

    @Test
    void questionsAreCopied() {
        var questions = new ArrayList<>(QUESTIONS);
        var data = data("a", "t", "c", questions);
        questions.clear();

        assertThat(data.questions()).hasSize(1);
    }

    private static NewData data(String id, String title, String context, List<Question> questions) {
        return new NewData(
                id, DataMode.TRAIN, PromptStyle.IMPLICATIONS, NewData.MAIN_LINEAGE, title, context, questions, null);
    }
}
