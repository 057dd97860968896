package dev.sealstream.evaluator;

import dev.sealstream.domain.AdapterUpdate;
import dev.sealstream.domain.AdaptersTrained;
import dev.sealstream.domain.GradedAnswer;
import dev.sealstream.domain.Grader;
import dev.sealstream.domain.Ids;
import dev.sealstream.domain.Lineage;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.Outcome;
import dev.sealstream.domain.RepeatRule;
import dev.sealstream.domain.RolloutEnded;
import dev.sealstream.domain.SelfEdit;
import dev.sealstream.domain.SelfEditsProposed;
import dev.sealstream.domain.UpdateWanted;
import dev.sealstream.domain.Verdict;
import dev.sealstream.eventstreaming.DirectoryArtifactStore;
import dev.sealstream.eventstreaming.Result;
import dev.sealstream.eventstreaming.Topics;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.LearningRateDecay;
import dev.sealstream.languagemodel.LoadOptions;
import dev.sealstream.languagemodel.LoraSettings;
import dev.sealstream.languagemodel.LossMean;
import dev.sealstream.languagemodel.TrainingSettings;
import dev.sealstream.policymodel.AdapterArtifacts;
import dev.sealstream.policymodel.ClosedBookExam;
import dev.sealstream.policymodel.InnerLoop;
import dev.sealstream.policymodel.InnerLoopSettings;
import dev.sealstream.policymodel.LogProbabilityExam;
import dev.sealstream.policymodel.ModelHost;
import dev.sealstream.policymodel.Past;
import dev.sealstream.policymodel.PromptForm;
import dev.sealstream.tinyworld.TinyModel;
import dev.sealstream.tinyworld.TinyWorldDocument;
import dev.sealstream.tinyworld.TinyWorldDocuments;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class EvaluatorPipelinesTest {
    private static final InnerLoop INNER_LOOP = new InnerLoop(new InnerLoopSettings(
            new LoraSettings(16, 32, LoraSettings.ALL_LINEAR),
            new TrainingSettings(6, 0, 0.01, LearningRateDecay.NONE, 0.9, 0.99, 0.0, LossMean.TOKENS),
            1));
    private static final ClosedBookExam EXAM = new ClosedBookExam(16);

    private static final RepeatRule NO_REPEATS = new RepeatRule(1, 1, 0.1);

    private static ModelHost models;
    private static DirectoryArtifactStore store;
    private static AdapterArtifacts artifacts;

    @BeforeAll
    static void loadTheTinyModel(@TempDir Path directory) {
        var base = LanguageModel.load(TinyModel.unpack(directory), LoadOptions.cpu());
        store = new DirectoryArtifactStore(directory.resolve("artifacts"));
        models = new ModelHost(base, lineage -> Lineage.base(lineage, base.weightsSha256()), store);
        artifacts = new AdapterArtifacts(store, "tiny");
    }

    @AfterAll
    static void close() {
        models.close();
    }

    @Test
    void everyRolloutOfAGroupEndsOnceAndTeachingTheFactsIsWorthMoreThanNothing() {
        // Given
        var document = TinyWorldDocuments.training(4, 1).get(0);
        var trained = trainedGroup(document);

        // When
        var ended = ((Result.Emit) new EvaluationPipeline(models, EXAM, NO_REPEATS).process(trained))
                .emissions()
                .to(Topics.OUTCOMES);

        // Then
        assertThat(ended).extracting(end -> end.selfEdit().index()).containsExactly(0, 1, 2);
        var ideal = ended.get(0);
        assertThat(ideal.outcome().reward().orElseThrow()).isGreaterThan(ideal.baselineAccuracy());
        assertThat(ended.get(1).outcome()).isEqualTo(new Outcome.Invalid("too long"));
        assertThat(ended.get(2))
                .extracting(RolloutEnded::outcome)
                .isEqualTo(new Outcome.Failed("update d@0#2/0: training diverged"));
    }

    @Test
    void examThatDoesNotFitIntoMemoryFailsTheRolloutsWithTheFigure(@TempDir Path directory) {
        // Given
        var trained = trainedGroup(TinyWorldDocuments.training(4, 1).get(0));
        var base = LanguageModel.load(
                TinyModel.unpack(directory), LoadOptions.cpu().withWorkMemoryBytes(1000));
        try (var small = new ModelHost(base, lineage -> Lineage.base(lineage, base.weightsSha256()), store)) {
            // When
            var ended = ((Result.Emit) new EvaluationPipeline(small, EXAM, NO_REPEATS).process(trained))
                    .emissions()
                    .to(Topics.OUTCOMES);

            // Then
            assertThat(ended).hasSize(3);
            assertThat(ended.get(0).outcome())
                    .isInstanceOfSatisfying(Outcome.Failed.class, failed -> assertThat(failed.reason())
                            .contains("exam")
                            .contains("MiB"));
            assertThat(ended.get(1).outcome()).isEqualTo(new Outcome.Invalid("too long"));
        }
    }

    @Test
    void uncertainRankingAsksForRepeatsAndKeepsWhatWasScored() {
        // Given: two edits that say the same, so nobody can tell which is better
        var group = twins(TinyWorldDocuments.training(4, 1).get(0), null);
        var trained = trained(group, INNER_LOOP.firstUpdates(group));
        var pipeline = new EvaluationPipeline(models, EXAM, new RepeatRule(2, 2, 0.3));

        // When
        var first = ((Result.Emit) pipeline.process(trained)).emissions();
        var wanted = first.to(Topics.REPEATS).get(0);
        var later = ((Result.Emit) pipeline.process(
                        wanted.trained().plus(trained(group, wanted.wanted()).updates())))
                .emissions();

        // Then
        assertThat(first.to(Topics.OUTCOMES)).isEmpty();
        assertThat(wanted.trained().scores()).hasSize(2);
        assertThat(wanted.wanted()).containsExactly(new UpdateWanted("d@0#0", 1), new UpdateWanted("d@0#1", 1));
        assertThat(later.to(Topics.REPEATS)).isEmpty();
        assertThat(later.to(Topics.OUTCOMES))
                .hasSize(2)
                .extracting(RolloutEnded::outcome)
                .allSatisfy(outcome -> assertThat(((Outcome.Scored) outcome).repeats())
                        .extracting(repeat -> repeat.update().repeat())
                        .containsExactly(0, 1));
    }

    @Test
    void datumThatSaysHowOftenItIsMeasuredIsMeasuredSoOften() {
        // Given
        var group = twins(TinyWorldDocuments.training(4, 1).get(0), 1);
        var trained = trained(group, INNER_LOOP.firstUpdates(group));

        // When
        var emissions = ((Result.Emit) new EvaluationPipeline(models, EXAM, new RepeatRule(6, 2, 0.5)).process(trained))
                .emissions();

        // Then
        assertThat(emissions.to(Topics.REPEATS)).isEmpty();
        assertThat(emissions.to(Topics.OUTCOMES)).hasSize(2);
    }

    @Test
    void answersNobodyCanGradeCancelTheirRolloutsAndAreNotWrong() {
        // Given
        var trained = trainedGroup(TinyWorldDocuments.training(4, 1).get(0));
        Grader silent = answers -> answers.stream()
                .map(answer -> (Verdict) new Verdict.Withheld("judge is away"))
                .toList();
        var exam = new ClosedBookExam(16, PromptForm.BASE, silent);

        // When
        var ended = ((Result.Emit) new EvaluationPipeline(models, exam, NO_REPEATS).process(trained))
                .emissions()
                .to(Topics.OUTCOMES);

        // Then
        assertThat(ended.get(0).outcome())
                .isInstanceOfSatisfying(Outcome.Cancelled.class, cancelled -> assertThat(cancelled.reason())
                        .contains("d@0#0/0")
                        .contains("judge is away"));
        assertThat(ended.get(0).baselineAccuracy()).isNull();
        assertThat(ended.get(1).outcome()).isInstanceOf(Outcome.Invalid.class);
        assertThat(ended.get(2).outcome()).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void logProbabilityOfTheAnswersRisesWhereTheFactsWereLearnt() {
        // Given
        var trained = trainedGroup(TinyWorldDocuments.training(4, 1).get(0));
        var exam = new LogProbabilityExam(PromptForm.BASE);

        // When
        var ideal = ((Result.Emit) new EvaluationPipeline(models, exam, NO_REPEATS).process(trained))
                .emissions()
                .to(Topics.OUTCOMES)
                .get(0);

        // Then
        assertThat(ideal.outcome().reward().orElseThrow())
                .isGreaterThan(ideal.baselineAccuracy())
                .isLessThan(1);
        assertThat(((Outcome.Scored) ideal.outcome()).repeats().get(0).answers())
                .extracting(GradedAnswer::score)
                .allMatch(score -> score > 0);
    }

    /** Three self-edits: an ideal one that was trained, an invalid one, one whose training failed. */
    private static AdaptersTrained trainedGroup(TinyWorldDocument document) {
        var model = models.head(NewData.MAIN_LINEAGE);
        var datum = document.newData();
        var edits = List.of(
                edit(document, document.idealEdit(), 0, null),
                edit(document, document.idealEdit(), 1, "too long"),
                edit(document, document.idealEdit(), 2, null));
        var group = new SelfEditsProposed("d@0", datum, 0, model.weightsHash(), datum.prompt(), edits);
        var adapter = INNER_LOOP
                .train(model, group, INNER_LOOP.firstUpdates(group), Past.NONE)
                .get(0)
                .adapter();
        var trained = new AdapterUpdate("d@0#0/0", "d@0#0", 0, artifacts.put(adapter), null, List.of(1f), 1.0, 1.0);
        return new AdaptersTrained(group, List.of(trained, AdapterUpdate.failed("d@0#2", 0, "training diverged")));
    }

    private static SelfEditsProposed twins(TinyWorldDocument document, Integer repeats) {
        var model = models.head(NewData.MAIN_LINEAGE);
        var datum = document.newData().measured(null, repeats);
        // A single fact: were all answers right, there would be no noise and nothing to doubt.
        var lines = document.idealEdit().subList(0, 1);
        var edits = List.of(edit(document, lines, 0, null), edit(document, lines, 1, null));
        return new SelfEditsProposed("d@0", datum, 0, model.weightsHash(), datum.prompt(), edits);
    }

    private static AdaptersTrained trained(SelfEditsProposed group, List<UpdateWanted> wanted) {
        var adapters = INNER_LOOP.train(models.head(NewData.MAIN_LINEAGE), group, wanted, Past.NONE);
        var updates = new ArrayList<AdapterUpdate>();
        for (int i = 0; i < wanted.size(); i++) {
            var update = wanted.get(i);
            updates.add(new AdapterUpdate(
                    Ids.update(update.selfEditId(), update.repeat()),
                    update.selfEditId(),
                    update.repeat(),
                    artifacts.put(adapters.get(i).adapter()),
                    null,
                    List.of(1f),
                    1.0,
                    1.0));
        }
        return new AdaptersTrained(group, updates);
    }

    private static SelfEdit edit(TinyWorldDocument document, List<String> lines, int index, String invalidReason) {
        var sequences =
                lines.stream().map(line -> document.title() + "\n" + line).toList();
        return new SelfEdit(
                Ids.selfEdit("d@0", index),
                index,
                String.join("\n", lines),
                sequences,
                invalidReason,
                new int[0],
                new float[0]);
    }
}
