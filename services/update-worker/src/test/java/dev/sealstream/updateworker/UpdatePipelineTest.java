package dev.sealstream.updateworker;

import dev.sealstream.domain.AdapterReference;
import dev.sealstream.domain.AdapterUpdate;
import dev.sealstream.domain.AdaptersTrained;
import dev.sealstream.domain.ArtifactReference;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.DeltaSize;
import dev.sealstream.domain.Estimate;
import dev.sealstream.domain.Evidence;
import dev.sealstream.domain.Ids;
import dev.sealstream.domain.Lineage;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.Outcome;
import dev.sealstream.domain.RepeatsWanted;
import dev.sealstream.domain.RolloutEnded;
import dev.sealstream.domain.SelfEdit;
import dev.sealstream.domain.SelfEditParser;
import dev.sealstream.domain.SelfEditsProposed;
import dev.sealstream.domain.Sha256;
import dev.sealstream.domain.UpdateKind;
import dev.sealstream.domain.UpdateWanted;
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
import dev.sealstream.policymodel.InnerLoop;
import dev.sealstream.policymodel.InnerLoopSettings;
import dev.sealstream.policymodel.ModelHost;
import dev.sealstream.tinyworld.TinyModel;
import dev.sealstream.tinyworld.TinyWorldDocuments;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class UpdatePipelineTest {
    private static final int REPEATS = 2;
    private static LanguageModel base;
    private static ModelHost models;
    private static UpdateTraining training;
    private static UpdatePipeline pipeline;
    private static DirectoryArtifactStore artifacts;
    private static InnerLoop innerLoop;

    @BeforeAll
    static void loadTheTinyModel(@TempDir Path directory) {
        base = LanguageModel.load(TinyModel.unpack(directory), LoadOptions.cpu());
        artifacts = new DirectoryArtifactStore(directory.resolve("artifacts"));
        models = new ModelHost(base, lineage -> Lineage.base(lineage, base.weightsSha256()), artifacts);
        var settings = new InnerLoopSettings(
                new LoraSettings(4, 8, LoraSettings.ALL_LINEAR),
                new TrainingSettings(3, 0, 0.01, LearningRateDecay.NONE, 0.9, 0.99, 0.0, LossMean.TOKENS),
                REPEATS);
        innerLoop = new InnerLoop(settings);
        training = new UpdateTraining(models, innerLoop, new AdapterArtifacts(artifacts, "tiny"), 1);
        pipeline = new UpdatePipeline(training);
    }

    @AfterAll
    static void close() {
        models.close();
    }

    @Test
    void everyRepeatOfEveryValidEditIsTrainedAndItsLossFalls() {
        // Given
        var group = group(0, null);

        // When
        var trained = trained(pipeline.process(group));

        // Then
        assertThat(trained.proposal()).isEqualTo(group);
        assertThat(trained.updates())
                .extracting(AdapterUpdate::updateId)
                .containsExactly("d@0#0/0", "d@0#0/1", "d@0#1/0", "d@0#1/1");
        assertThat(trained.updates()).allSatisfy(update -> {
            assertThat(models.adapter(update.adapter()).isFinite()).isTrue();
            assertThat(update.lossCurve()).hasSize(3);
            assertThat(update.lossCurve().get(2)).isLessThan(update.lossCurve().get(0));
            assertThat(update.frobeniusNorm()).isPositive();
        });
    }

    @Test
    void datumDecidesHowManyRepeatsItsSelfEditsGet() {
        // Given
        var group = group(0, null);
        var once = new SelfEditsProposed(
                group.rolloutGroupId(),
                group.datum().measured(null, 1),
                group.policyVersion(),
                group.weightsHash(),
                group.prompt(),
                group.selfEdits());

        // When
        var trained = trained(pipeline.process(once));

        // Then
        assertThat(trained.updates()).extracting(AdapterUpdate::updateId).containsExactly("d@0#0/0", "d@0#1/0");
    }

    @Test
    void groupsOfOneDatumStartFromTheSameRandomNumbers() {
        // Given
        var group = group(0, null);
        String otherId = Ids.writtenGroup("d", 0, "passage-only");
        var edit = group.selfEdits().get(1);
        var written = new SelfEdit(
                Ids.selfEdit(otherId, 0),
                0,
                edit.completion(),
                edit.trainingSequences(),
                null,
                new int[0],
                new float[0]);
        var other = new SelfEditsProposed(
                otherId, group.datum(), group.policyVersion(), group.weightsHash(), group.prompt(), List.of(written));

        // When
        var updates = trained(pipeline.process(other)).updates();

        // Then
        assertThat(updates)
                .extracting(AdapterUpdate::updateId)
                .containsExactly("d@0/passage-only#0/0", "d@0/passage-only#0/1");
        assertThat(updates)
                .extracting(update -> update.adapter().weights())
                .isEqualTo(trained(pipeline.process(group)).updates().stream()
                        .filter(update -> update.selfEditId().equals("d@0#1"))
                        .map(update -> update.adapter().weights())
                        .toList());
    }

    @Test
    void editThatDoesNotFitIntoMemoryFailsWithTheFigure(@TempDir Path directory) {
        // Given
        var own = LanguageModel.load(
                TinyModel.unpack(directory), LoadOptions.cpu().withWorkMemoryBytes(1000));
        try (var small = new ModelHost(own, lineage -> Lineage.base(lineage, own.weightsSha256()), artifacts)) {
            // When
            var trained = trained(
                    new UpdatePipeline(new UpdateTraining(small, innerLoop, new AdapterArtifacts(artifacts, "tiny"), 1))
                            .process(group(0, null)));

            // Then
            assertThat(trained.updates()).hasSize(4).allSatisfy(update -> {
                assertThat(update.adapter()).isNull();
                assertThat(update.failure()).contains("MiB");
            });
        }
    }

    @Test
    void sameGroupGivesTheSameAdaptersBitForBit() {
        // Given
        var group = group(0, null);

        // When
        var twice = List.of(trained(pipeline.process(group)), trained(pipeline.process(group)));

        // Then
        assertThat(twice.get(0)).isEqualTo(twice.get(1));
    }

    @Test
    void repeatsTrainedLaterAreWhatTheyWouldHaveBeenAtOnce() {
        // Given: two repeats of each edit at once, and the same trained in two goes
        var group = group(0, null);
        var atOnce = trained(pipeline.process(group));
        var first = new AdaptersTrained(
                group, training.train(group, List.of(new UpdateWanted("d@0#0", 0), new UpdateWanted("d@0#1", 0))));

        // When
        var later = trained(
                new RepeatPipeline(training).process(new RepeatsWanted(first, List.of(new UpdateWanted("d@0#1", 1)))));

        // Then
        assertThat(later.updates())
                .extracting(AdapterUpdate::updateId)
                .containsExactly("d@0#0/0", "d@0#1/0", "d@0#1/1");
        var oneGo = atOnce.updates().get(3);
        var ownGo = later.updates().get(2);
        assertThat(ownGo.updateId()).isEqualTo(oneGo.updateId());
        assertThat(ownGo.frobeniusNorm()).isCloseTo(oneGo.frobeniusNorm(), within(1e-4));
    }

    @Test
    void repeatsOfAnOldPolicyCancelTheWholeGroup() {
        // Given
        var group = group(0, null);
        var repeats = new RepeatsWanted(new AdaptersTrained(group, List.of()), List.of(new UpdateWanted("d@0#0", 0)));
        var behind = trainingOn(released(2));

        // When
        var outcomes = ((Result.Emit) new RepeatPipeline(behind).process(repeats))
                .emissions()
                .to(Topics.OUTCOMES);

        // Then
        assertThat(outcomes).hasSize(2).extracting(RolloutEnded::outcome).allSatisfy(outcome -> assertThat(outcome)
                .isInstanceOf(Outcome.Cancelled.class));
    }

    @Test
    void continuedPretrainingIsThreeEpochsInBatchesOfFour() {
        // Given
        var single = group(0, null);
        var many = new SelfEditsProposed(
                single.rolloutGroupId(),
                single.datum(),
                0,
                single.weightsHash(),
                single.prompt(),
                single.selfEdits(),
                UpdateKind.CONTINUED_PRETRAINING);

        // When
        var update = trained(pipeline.process(many)).updates().get(0);

        // Then
        int sequences = many.selfEdits().get(0).trainingSequences().size();
        assertThat(sequences).isGreaterThan(4);
        assertThat(update.lossCurve()).hasSize(3 * ((sequences + 3) / 4));
    }

    @Test
    void paddedSequencesFillTheWindowAndThePaddingIsLearnt() {
        // Given
        var lora = new LoraSettings(4, 8, LoraSettings.ALL_LINEAR);
        var training = new TrainingSettings(1, 0, 0.01, LearningRateDecay.NONE, 0.9, 0.99, 0.0, LossMean.TOKENS);
        var padding = new InnerLoop(new InnerLoopSettings(lora, training, 1, 2048));
        var plain = new InnerLoop(new InnerLoopSettings(lora, training, 1));
        var text = List.of("Ada\nUlm");

        // When
        var padded = padding.task(base, "padded", 1, text).sequences().get(0);

        // Then
        int window = base.config().maxPositions();
        int own = plain.task(base, "plain", 1, text).sequences().get(0).tokens().length;
        assertThat(own).isLessThan(window);
        assertThat(padded.tokens()).hasSize(window);
        assertThat(Arrays.copyOfRange(padded.tokens(), own, window))
                .containsOnly(base.tokenizer().eosId());
        assertThat(padded.promptLength()).isZero();
        float paddedLoss = padding.train(base, List.of(padding.task(base, "padded", 1, text)))
                .get(0)
                .lossCurve()[0];
        float plainLoss = plain.train(base, List.of(plain.task(base, "plain", 1, text)))
                .get(0)
                .lossCurve()[0];
        assertThat(paddedLoss).isNotEqualTo(plainLoss);
    }

    @Test
    void invalidEditsAreNotTrained() {
        // Given
        var group = group(0, "too long");

        // When
        var trained = trained(pipeline.process(group));

        // Then
        assertThat(trained.updates()).extracting(AdapterUpdate::selfEditId).containsOnly("d@0#0");
    }

    @Test
    void groupOfAnOldPolicyIsCancelledMemberByMember() {
        // Given
        var behind = new UpdatePipeline(trainingOn(released(2)));

        // When
        var outcomes =
                ((Result.Emit) behind.process(group(0, null))).emissions().to(Topics.OUTCOMES);

        // Then
        assertThat(outcomes).hasSize(2);
        assertThat(outcomes).extracting(RolloutEnded::outcome).allSatisfy(outcome -> {
            assertThat(outcome).isInstanceOf(Outcome.Cancelled.class);
            assertThat(outcome.reason()).contains("2 versions behind the head, allowed: 1");
        });
    }

    @Test
    void groupOfAVersionTheHeadWasRolledBackBehindIsCancelled() {
        // Given
        var one = released(1);
        var rolledBack =
                one.after(new CheckpointDecision.RolledBack("main", 0, base.weightsSha256(), "Ada", "it forgot"));

        // When
        var outcomes = ((Result.Emit) new UpdatePipeline(trainingOn(rolledBack)).process(group(1, null)))
                .emissions()
                .to(Topics.OUTCOMES);

        // Then
        assertThat(outcomes)
                .hasSize(2)
                .extracting(RolloutEnded::outcome)
                .allSatisfy(
                        outcome -> assertThat(outcome.reason())
                                .isEqualTo(
                                        "stale: written by version 1, from which nothing goes on: the head was rolled back or the search went elsewhere"));
    }

    @Test
    void documentThatIsToBeLearntForGoodIsNeverCancelled() {
        // Given: a burst of documents, of which the first ones moved the head meanwhile
        var group = group(0, null);
        var datum = group.datum();
        var adapt = new SelfEditsProposed(
                group.rolloutGroupId(),
                new NewData(
                        datum.dataId(),
                        DataMode.ADAPT,
                        datum.promptStyle(),
                        datum.lineage(),
                        datum.title(),
                        datum.context(),
                        datum.questions(),
                        datum.source()),
                0,
                group.weightsHash(),
                group.prompt(),
                group.selfEdits());

        // When
        var emissions = ((Result.Emit) new UpdatePipeline(trainingOn(released(5))).process(adapt)).emissions();

        // Then
        assertThat(emissions.to(Topics.OUTCOMES)).isEmpty();
        assertThat(emissions.to(Topics.UPDATES)).hasSize(1);
    }

    private static UpdateTraining trainingOn(Lineage lineage) {
        return new UpdateTraining(
                new ModelHost(base, name -> lineage, artifacts), innerLoop, new AdapterArtifacts(artifacts, "tiny"), 1);
    }

    /** A lineage of so many releases, whose deltas nobody loads. */
    private static Lineage released(int releases) {
        var lineage = Lineage.base("main", base.weightsSha256());
        for (int i = 0; i < releases; i++) {
            var artifact = new ArtifactReference("artifact:" + i, 1, Sha256.hex("delta " + i));
            var candidate = new CandidateProposed(
                    "c" + i,
                    "main",
                    CandidateProposed.Kind.POLICY,
                    lineage.version(),
                    lineage.weightsHash(),
                    new AdapterReference(artifact, artifact),
                    List.of(),
                    0.5,
                    1.0,
                    0.1,
                    null,
                    null);
            var some = Estimate.of(0.1, 0.2);
            lineage = lineage.after(new CheckpointDecision.Released(
                    "main",
                    lineage.nextVersion(),
                    lineage.version(),
                    lineage.weightsHash(),
                    candidate.weightsHashOn(lineage.weightsHash()),
                    candidate,
                    new Evidence(some, some, some, List.of(), new DeltaSize(1.0, 0.1, Map.of()), 0.0),
                    null,
                    "a test"));
        }
        return lineage;
    }

    private static SelfEditsProposed group(long version, String secondInvalid) {
        var document = TinyWorldDocuments.training(5, 1).get(0);
        var datum = document.newData();
        var edits = new ArrayList<SelfEdit>();
        var texts = List.of(String.join("\n", document.idealEdit()), datum.context());
        for (int index = 0; index < texts.size(); index++) {
            var sequences = SelfEditParser.trainingSequences(
                    datum.promptStyle(), datum.title(), datum.context(), texts.get(index));
            edits.add(new SelfEdit(
                    Ids.selfEdit("d@" + version, index),
                    index,
                    texts.get(index),
                    sequences,
                    index == 0 ? null : secondInvalid,
                    new int[0],
                    new float[0]));
        }
        return new SelfEditsProposed("d@" + version, datum, version, base.weightsSha256(), datum.prompt(), edits);
    }

    private static AdaptersTrained trained(Result result) {
        return ((Result.Emit) result).emissions().to(Topics.UPDATES).get(0);
    }
}
