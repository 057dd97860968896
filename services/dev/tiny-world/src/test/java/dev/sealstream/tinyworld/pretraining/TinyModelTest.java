package dev.sealstream.tinyworld.pretraining;

import dev.sealstream.domain.Estimate;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.LoadOptions;
import dev.sealstream.tinyworld.TinyModel;
import dev.sealstream.tinyworld.TinyWorldDocument;
import dev.sealstream.tinyworld.TinyWorldDocuments;
import dev.sealstream.tinyworld.pretraining.SelfEditStudy.Edit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What the model that ships can do; the bounds leave room for the rounding of other processors. */
class TinyModelTest {
    private static final List<TinyWorldDocument> DOCUMENTS = TinyWorldDocuments.benchmark(77, 10);

    @TempDir
    private static Path directory;

    private static LanguageModel model;
    private static SelfEditStudy study;

    @BeforeAll
    static void load() {
        model = LanguageModel.load(TinyModel.unpack(directory), LoadOptions.cpu(1));
        study = new SelfEditStudy(model);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void tokenizerOfTheModelIsTheOneThisModuleWrites() throws Exception {
        assertThat(Files.readAllBytes(directory.resolve("tokenizer.json")))
                .isEqualTo(TokenizerFile.json(new Vocabulary()));
    }

    @Test
    void cardNamesTheWeightsThatShip() throws Exception {
        assertThat(Files.readString(Path.of("README.md"))).contains(model.weightsSha256());
    }

    @Test
    void selfEditsEndAndMostOfTheirFactsAreRight() {
        List<Edit> edits = study.sample(model, DOCUMENTS, 2, "test");

        EditMixture mixture = EditMixture.of(
                edits.stream().map(edit -> edit.document().passage()).toList(),
                edits.stream().map(Edit::lines).toList());
        assertThat(mixture.linesPerEdit()).isBetween(2.0, 12.0);
        assertThat(mixture.factsCovered()).isGreaterThan(.25);
        assertThat(mixture.wrongFacts()).isLessThan(.3);
    }

    @Test
    void knowsNothingOfTheDocumentsBeforeAndLearnsFromAnIdealEdit() {
        List<Edit> ideal = DOCUMENTS.stream()
                .map(document -> new Edit(document, String.join("\n", document.idealEdit()), new int[0]))
                .toList();

        double before = Estimate.of(study.withoutLearning(model, DOCUMENTS)).mean();
        double after = Estimate.of(study.afterLearning(model, ideal, "test")).mean();

        assertThat(before).isLessThan(.15);
        assertThat(after).isGreaterThan(before + .25);
    }
}
