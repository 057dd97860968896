package dev.sealstream.experiments.knowledge;

import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.PromptStyle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class SourcesTest {
    private static final KnowledgeSettings SETTINGS =
            new KnowledgeSettings(2, 3, 5, 3, 4, 2, 0, 7, PromptStyle.REWRITE, Map.of());

    @Test
    void noPersonOfTheTinyWorldIsInTwoPlaces() {
        // When
        var documents = TinyWorldSource.documents(SETTINGS);

        // Then
        requireSound(documents);
        assertThat(documents.idealEdits().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        documents.heldOut().stream().map(NewData::dataId).toList());
    }

    @Test
    void sameSeedDrawsTheSameDocuments() {
        assertThat(TinyWorldSource.documents(SETTINGS)).isEqualTo(TinyWorldSource.documents(SETTINGS));
    }

    @Test
    void documentsOfAFileAreDealtOutByTheSeed(@TempDir Path directory) throws IOException {
        // Given
        Path file = file(directory, 12);

        // When
        var documents = SquadSource.documents(file, SETTINGS);

        // Then
        requireSound(documents);
        assertThat(documents.idealEdits()).isEmpty();
        assertThat(documents).isEqualTo(SquadSource.documents(file, SETTINGS));
        assertThat(documents)
                .isNotEqualTo(SquadSource.documents(
                        file, new KnowledgeSettings(2, 3, 5, 3, 4, 2, 0, 8, PromptStyle.REWRITE, Map.of())));
    }

    private static void requireSound(ExperimentDocuments documents) {
        assertThat(documents.gate()).hasSize(2).allMatch(datum -> datum.mode() == DataMode.BENCHMARK);
        assertThat(documents.rounds())
                .hasSize(2)
                .allSatisfy(round -> assertThat(round).hasSize(3).allMatch(datum -> datum.mode() == DataMode.TRAIN));
        assertThat(documents.heldOut()).hasSize(4).allMatch(datum -> datum.mode() == DataMode.MEASURE);
        List<NewData> all = Stream.concat(Stream.of(documents.gate(), documents.heldOut()), documents.rounds().stream())
                .flatMap(List::stream)
                .toList();
        assertThat(all).extracting(NewData::context).doesNotHaveDuplicates();
        assertThat(all).extracting(NewData::dataId).doesNotHaveDuplicates();
        assertThat(all).allMatch(datum -> datum.promptStyle() == PromptStyle.REWRITE);
    }

    private static Path file(Path directory, int documents) throws IOException {
        String json = IntStream.range(0, documents)
                .mapToObj(i -> "{\"title\": \"T" + i + "\", \"context\": \"Text " + i
                        + "\", \"questions\": [{\"question\": \"q?\", \"answer\": \"a\"}]}")
                .collect(Collectors.joining(",", "[", "]"));
        return Files.writeString(directory.resolve("squad.json"), json);
    }
}
