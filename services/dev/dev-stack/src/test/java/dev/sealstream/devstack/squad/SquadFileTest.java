package dev.sealstream.devstack.squad;

import dev.sealstream.devstack.process.StackException;
import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.Question;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SquadFileTest {
    private static final String RIVER = """
            {"title": "The River Ouse", "context": "The Ouse flows north.",
             "questions": [{"question": "Where does the Ouse flow?", "answer": "north"}]}
            """;

    @TempDir
    Path directory;

    @Test
    void listOfDocumentsIsRead() {
        // When
        List<NewData> documents = read("[" + RIVER + "," + RIVER.replace("Ouse", "Wharfe") + "]");

        // Then
        assertThat(documents).extracting(NewData::title).containsExactly("The River Ouse", "The River Wharfe");
        NewData first = documents.get(0);
        assertThat(first.context()).isEqualTo("The Ouse flows north.");
        assertThat(first.questions()).containsExactly(new Question("Where does the Ouse flow?", "north"));
        assertThat(first.mode()).isEqualTo(DataMode.TRAIN);
        assertThat(first.source()).isEqualTo("documents.json");
    }

    @Test
    void documentToBeLearntForGoodNeedsNoQuestions() {
        // Given
        Path file = file(
                "[{\"title\": \"t\", \"context\": \"c\"}, {\"title\": \"u\", \"context\": \"c\", \"questions\": []}]");

        // When
        List<NewData> documents = SquadFile.read(file, DataMode.ADAPT, "main");

        // Then
        assertThat(documents).hasSize(2).allMatch(document -> document.questions()
                .isEmpty());
    }

    @Test
    void singleDocumentIsRead() {
        // When
        List<NewData> documents = read(RIVER);

        // Then
        assertThat(documents).hasSize(1);
    }

    @Test
    void idIsReadableAndDependsOnContentAndMode() {
        // When
        NewData document = read(RIVER).get(0);
        NewData again = read(RIVER).get(0);
        NewData heldOut =
                SquadFile.read(file(RIVER), DataMode.BENCHMARK, "main").get(0);
        NewData other = read(RIVER.replace("north", "south")).get(0);

        // Then
        assertThat(document.dataId())
                .matches("the-river-ouse-train-[0-9a-f]{12}")
                .isEqualTo(again.dataId());
        assertThat(heldOut.dataId()).startsWith("the-river-ouse-benchmark-");
        assertThat(other.dataId()).isNotEqualTo(document.dataId());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{\"context\": \"c\"}] | document 1 has no title",
                "[{\"title\": 7, \"context\": \"c\"}] | document 1 has a number as title; text is needed",
                "[{\"title\": \"t\", \"context\": \" \"}] | document 1 has an empty context",
                "[{\"title\": \"t\", \"context\": \"c\"}] | document 1 has no questions",
                "[{\"title\": \"t\", \"context\": \"c\", \"questions\": []}]"
                        + " | document 1 has an empty list of questions; at least one is needed",
                "[{\"title\": \"t\", \"context\": \"c\", \"questions\": \"none\"}]"
                        + " | document 1 has text as questions; a list is needed",
                "[{\"title\": \"t\", \"context\": \"c\", \"questions\": [{\"question\": \"q\", \"answer\": \"a\"},"
                        + " {\"question\": \"q\"}]}] | document 1, questions[1] has no answer",
                "[7] | document 1 is a number; an object with title, context and questions is needed",
                "[] | holds no documents",
                "[{ | is not JSON: line 1, column",
            })
    void faultNamesFileElementAndField(String json, String message) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(StackException.class)
                .hasMessageStartingWith(directory.resolve("documents.json").toString())
                .hasMessageContaining(message);
    }

    @Test
    void secondDocumentIsNumberedTwo() {
        assertThatThrownBy(() -> read("[" + RIVER + ", {}]"))
                .isInstanceOf(StackException.class)
                .hasMessageEndingWith(": document 2 has no title");
    }

    @Test
    void sameDocumentTwiceIsRefused() {
        assertThatThrownBy(() -> read("[" + RIVER + "," + RIVER + "]"))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("document 2 is the same as an earlier one");
    }

    @Test
    void documentTheLoopWouldRefuseIsRefusedHere() {
        String tooLong = "x".repeat(NewData.CONTEXT_CHARACTERS_MAX + 1);

        assertThatThrownBy(() -> read(RIVER.replace("The Ouse flows north.", tooLong)))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("document 1 is refused: context of datum");
    }

    @Test
    void missingFileIsNamed() {
        Path absent = directory.resolve("absent.json");

        assertThatThrownBy(() -> SquadFile.read(absent, DataMode.TRAIN, "main"))
                .isInstanceOf(StackException.class)
                .hasMessage("there is no file " + absent);
    }

    private List<NewData> read(String json) {
        return SquadFile.read(file(json), DataMode.TRAIN, "main");
    }

    private Path file(String json) {
        try {
            return Files.writeString(directory.resolve("documents.json"), json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
