package dev.sealstream.evaluator;

import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.DocumentScore;
import dev.sealstream.domain.Measurement;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.PromptStyle;
import dev.sealstream.domain.Question;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class StagedBenchmarkTest {
    private static final List<NewData> HELD_OUT =
            IntStream.range(0, 10).mapToObj(i -> document("d" + i)).toList();

    private final List<List<NewData>> asked = new ArrayList<>();
    private final StagedBenchmark staged = new StagedBenchmark(4, 1.0);

    @Test
    void hopelessCandidateMeetsTheFirstDocumentsOnly() {
        // When
        var pair = staged.compare(HELD_OUT, documents -> scored(documents, -0.3));

        // Then
        assertThat(asked).hasSize(1);
        assertThat(pair.subject().documents()).hasSize(4);
    }

    @Test
    void promisingCandidateMeetsEachDocumentOnce() {
        // When
        var pair = staged.compare(HELD_OUT, documents -> scored(documents, 0.3));

        // Then
        assertThat(asked).hasSize(2);
        assertThat(asked.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(HELD_OUT);
        assertThat(pair.subject().documents())
                .extracting(DocumentScore::dataId)
                .containsExactlyElementsOf(
                        HELD_OUT.stream().map(NewData::dataId).toList());
        assertThat(pair.head().documents()).hasSize(10);
    }

    @Test
    void smallLossWithinTheNoiseIsStillPromising() {
        staged.compare(HELD_OUT, documents -> scored(documents, -0.01));

        assertThat(asked).hasSize(2);
    }

    @Test
    void smallBenchmarkIsOneStage() {
        staged.compare(HELD_OUT.subList(0, 3), documents -> scored(documents, 0.3));

        assertThat(asked).hasSize(1);
    }

    /** Gains differ from document to document by 0.1 either way. */
    private StagedBenchmark.Pair scored(List<NewData> documents, double gain) {
        asked.add(documents);
        var head = new ArrayList<DocumentScore>();
        var subject = new ArrayList<DocumentScore>();
        for (int i = 0; i < documents.size(); i++) {
            String id = documents.get(i).dataId();
            head.add(new DocumentScore(id, 0, 0.3, 0.5));
            subject.add(new DocumentScore(id, 0, 0.3, 0.5 + gain + (i % 2 == 0 ? 0.1 : -0.1)));
        }
        return new StagedBenchmark.Pair(new Measurement("head", head), new Measurement("subject", subject));
    }

    private static NewData document(String id) {
        return new NewData(
                id,
                DataMode.BENCHMARK,
                PromptStyle.IMPLICATIONS,
                NewData.MAIN_LINEAGE,
                "Ada",
                "Ada made lamps.",
                List.of(new Question("What did Ada make?", "lamps")),
                "");
    }
}
