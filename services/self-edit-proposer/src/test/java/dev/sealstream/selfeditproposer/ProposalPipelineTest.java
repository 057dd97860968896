package dev.sealstream.selfeditproposer;

import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.Lineage;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.PromptStyle;
import dev.sealstream.domain.Question;
import dev.sealstream.domain.SelfEdit;
import dev.sealstream.domain.SelfEditsProposed;
import dev.sealstream.eventstreaming.DirectoryArtifactStore;
import dev.sealstream.eventstreaming.InvalidEventException;
import dev.sealstream.eventstreaming.Result;
import dev.sealstream.eventstreaming.Topics;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.LoadOptions;
import dev.sealstream.policymodel.LabelFreeQuestions;
import dev.sealstream.policymodel.LabelFreeSettings;
import dev.sealstream.policymodel.ModelHost;
import dev.sealstream.policymodel.PromptForm;
import dev.sealstream.policymodel.SamplingSettings;
import dev.sealstream.policymodel.SelfEditSampler;
import dev.sealstream.tinyworld.FactCheck;
import dev.sealstream.tinyworld.TinyModel;
import dev.sealstream.tinyworld.TinyWorldDocument;
import dev.sealstream.tinyworld.TinyWorldDocuments;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ProposalPipelineTest {
    private static final SamplingSettings SAMPLING = new SamplingSettings(3, 1.0, 0.95, 120);

    private static ModelHost models;
    private static String baseHash;
    private static ProposalPipeline pipeline;

    @BeforeAll
    static void loadTheTinyModel(@TempDir Path directory) {
        var base = LanguageModel.load(TinyModel.unpack(directory), LoadOptions.cpu());
        baseHash = base.weightsSha256();
        models = new ModelHost(base, lineage -> Lineage.base(lineage, baseHash), new DirectoryArtifactStore(directory));
        pipeline = pipeline(120);
    }

    private static ProposalPipeline pipeline(int questionTokensMax) {
        return new ProposalPipeline(
                models,
                new SelfEditSampler(SAMPLING),
                new LabelFreeQuestions(
                        new LabelFreeSettings(16, 12, 8, 0.75),
                        new SamplingSettings(3, 1.0, 0.95, questionTokensMax),
                        16,
                        PromptForm.BASE));
    }

    @AfterAll
    static void close() {
        models.close();
    }

    @Test
    void datumBecomesOneGroupWithDerivedIds() {
        // Given
        var datum = TinyWorldDocuments.training(1, 1).get(0).newData();

        // When
        var group = proposed(pipeline.process(datum)).get(0);

        // Then
        assertThat(group.rolloutGroupId()).isEqualTo(datum.dataId() + "@0");
        assertThat(group.weightsHash()).isEqualTo(baseHash);
        assertThat(group.selfEdits())
                .extracting(SelfEdit::selfEditId)
                .containsExactly(datum.dataId() + "@0#0", datum.dataId() + "@0#1", datum.dataId() + "@0#2");
        assertThat(group.selfEdits()).allSatisfy(edit -> {
            assertThat(edit.tokens()).isNotEmpty();
            assertThat(edit.trainingSequences()).endsWith(datum.title() + "\n" + datum.context());
        });
    }

    @Test
    void datumDecidesHowManySelfEditsItGets() {
        // Given
        var datum = TinyWorldDocuments.training(1, 1).get(0).newData();

        // When
        var edits = proposed(pipeline.process(datum.measured(2, null))).get(0).selfEdits();

        // Then
        assertThat(edits)
                .extracting(SelfEdit::completion)
                .isEqualTo(proposed(pipeline.process(datum)).get(0).selfEdits().stream()
                        .limit(2)
                        .map(SelfEdit::completion)
                        .toList());
    }

    @Test
    void sameDatumOnTheSameVersionGivesTheSameEvent() {
        // Given
        var datum = TinyWorldDocuments.training(2, 1).get(0).newData();

        // When
        var twice = List.of(proposed(pipeline.process(datum)), proposed(pipeline.process(datum)));

        // Then
        assertThat(twice.get(0)).isEqualTo(twice.get(1));
    }

    @Test
    void nothingIsWrittenForHeldOutData() {
        // Given
        var datum = TinyWorldDocuments.benchmark(1, 1).get(0).newData();

        // When
        var result = pipeline.process(datum);

        // Then
        assertThat(proposed(result)).isEmpty();
    }

    @Test
    void passageThatExceedsTheWindowIsInvalidAndTheReasonSaysByHowMuch() {
        // Given
        var datum = TinyWorldDocuments.training(3, 1).get(0).newData();
        var tooLong = new NewData(
                "long",
                DataMode.TRAIN,
                PromptStyle.IMPLICATIONS,
                NewData.MAIN_LINEAGE,
                datum.title(),
                (datum.context() + " ").repeat(500),
                datum.questions(),
                "");

        // When, then
        assertThatThrownBy(() -> pipeline.process(tooLong))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("datum long makes a prompt of")
                .hasMessageContaining("send the document in parts");
    }

    @Test
    void datumWithoutQuestionsGetsTheBaseModelsMarkedAsSuch() {
        // Given
        var datum = toLearn(TinyWorldDocuments.training(1, 1).get(0), List.of());

        // When
        var group = proposed(pipeline.process(datum)).get(0);

        // Then
        assertThat(group.datum().questions())
                .hasSizeBetween(3, 12)
                .allSatisfy(question -> assertThat(question.voteShare()).isBetween(0.75, 1.0));
        assertThat(group.datum().withQuestions(List.of())).isEqualTo(datum);
        assertThat(proposed(pipeline.process(datum))).containsExactly(group);
    }

    @Test
    void mostOfTheVotedAnswersAreRight() {
        // Given
        var documents = TinyWorldDocuments.training(77, 8);

        // When
        var verdicts = new ArrayList<FactCheck.Verdict>();
        for (var document : documents) {
            var group = proposed(pipeline.process(toLearn(document, List.of()))).get(0);
            group.datum()
                    .questions()
                    .forEach(question -> verdicts.add(FactCheck.of(
                                    "Question: " + question.question() + " Answer: " + question.answer(),
                                    document.passage())
                            .verdict()));
        }

        // Then
        assertThat(verdicts).hasSizeGreaterThan(4 * documents.size());
        double right = Collections.frequency(verdicts, FactCheck.Verdict.CORRECT) / (double) verdicts.size();
        assertThat(right).isGreaterThan(0.85);
    }

    @Test
    void questionsThatPeopleSentStayAsTheyAre() {
        // Given
        var questions = TinyWorldDocuments.training(1, 1).get(0).questions();
        var datum = toLearn(TinyWorldDocuments.training(1, 1).get(0), questions.subList(0, 1));

        // When
        var group = proposed(pipeline.process(datum)).get(0);

        // Then
        assertThat(group.datum()).isEqualTo(datum);
        assertThat(group.datum().labelFree()).isFalse();
    }

    @Test
    void datumThatNoQuestionIsFoundForIsInvalidAndTheReasonSaysWhatToDo() {
        // Given: a single token makes no question
        var datum = toLearn(TinyWorldDocuments.training(1, 1).get(0), List.of());

        // When, then
        assertThatThrownBy(() -> pipeline(1).process(datum))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("datum " + datum.dataId() + " came without questions")
                .hasMessageContaining("send the datum with questions");
    }

    private static NewData toLearn(TinyWorldDocument document, List<Question> questions) {
        return new NewData(
                document.id(),
                DataMode.ADAPT,
                PromptStyle.IMPLICATIONS,
                NewData.MAIN_LINEAGE,
                document.title(),
                document.context(),
                questions,
                "");
    }

    private static List<SelfEditsProposed> proposed(Result result) {
        return ((Result.Emit) result).emissions().to(Topics.SELF_EDITS);
    }
}
