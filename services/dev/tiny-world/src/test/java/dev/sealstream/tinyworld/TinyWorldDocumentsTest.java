package dev.sealstream.tinyworld;

import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TinyWorldDocumentsTest {
    @Test
    void theSameSeedGivesTheSameDocuments() {
        assertThat(TinyWorldDocuments.training(3, 20)).isEqualTo(TinyWorldDocuments.training(3, 20));
        assertThat(TinyWorldDocuments.training(3, 20)).isNotEqualTo(TinyWorldDocuments.training(4, 20));
    }

    @Test
    void trainingAndBenchmarkNeverShareAPersonWithEachOtherOrWithPretraining() {
        var training = titles(TinyWorldDocuments.training(1, 200));
        var benchmark = titles(TinyWorldDocuments.benchmark(2, 200));

        assertThat(training).hasSize(200).doesNotContainAnyElementsOf(benchmark);
        assertThat(Names.all(Names.Group.PRETRAINING))
                .doesNotContainAnyElementsOf(training)
                .doesNotContainAnyElementsOf(benchmark);
    }

    @Test
    void everyFactIsAskedTwiceAndNoAnswerIsInItsQuestion() {
        for (TinyWorldDocument document : TinyWorldDocuments.benchmark(5, 50)) {
            int facts = document.passage().relations().size();

            assertThat(facts).isBetween(5, 7);
            assertThat(document.questions()).hasSize(2 * facts);
            assertThat(document.questions()).allSatisfy(question -> {
                assertThat(document.context()).contains(question.answer());
                assertThat(question.question()).doesNotContain(question.answer());
            });
        }
    }

    @Test
    void idealEditStatesEveryFactTwiceWithoutMistakes() {
        TinyWorldDocument document = TinyWorldDocuments.benchmark(5, 1).get(0);

        assertThat(document.idealEdit())
                .hasSize(2 * document.passage().relations().size())
                .allSatisfy(line -> assertThat(
                                FactCheck.of(line, document.passage()).verdict())
                        .isEqualTo(FactCheck.Verdict.CORRECT));
    }

    @Test
    void tooManyDocumentsAreRefused() {
        assertThatThrownBy(() -> TinyWorldDocuments.training(1, 100_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("100000 TRAIN documents");
    }

    private static HashSet<String> titles(List<TinyWorldDocument> documents) {
        var titles = new HashSet<String>();
        documents.forEach(document -> titles.add(document.title()));
        return titles;
    }
}
