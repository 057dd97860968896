package dev.sealstream.policytrainer;

import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.GroupMember;
import dev.sealstream.domain.Ids;
import dev.sealstream.domain.Lineage;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.RolloutGroupCompleted;
import dev.sealstream.domain.SelfEdit;
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
import dev.sealstream.policymodel.ModelHost;
import dev.sealstream.policymodel.PolicyTraining;
import dev.sealstream.tinyworld.TinyModel;
import dev.sealstream.tinyworld.TinyWorldDocument;
import dev.sealstream.tinyworld.TinyWorldDocuments;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class PolicyTrainingPipelineTest {
    private static ModelHost models;
    private static AdapterArtifacts artifacts;
    private static String baseHash;

    @BeforeAll
    static void loadTheTinyModel(@TempDir Path directory) {
        var base = LanguageModel.load(TinyModel.unpack(directory), LoadOptions.cpu());
        baseHash = base.weightsSha256();
        var store = new DirectoryArtifactStore(directory.resolve("artifacts"));
        models = new ModelHost(base, lineage -> Lineage.base(lineage, baseHash), store);
        artifacts = new AdapterArtifacts(store, "tiny");
    }

    @AfterAll
    static void close() {
        models.close();
    }

    @Test
    void roundIsHeldUntilItIsCompleteAndThenOneCandidateComesOut() {
        // Given
        var pipeline = pipeline(2);
        var groups = groups();

        // When
        var results = List.of(pipeline.process(groups.get(0)), pipeline.process(groups.get(1)));

        // Then
        assertThat(results.get(0)).isEqualTo(Result.hold());
        var candidate = candidates(results.get(1)).get(0);
        assertThat(candidate.parentWeightsHash()).isEqualTo(baseHash);
        assertThat(candidate.rolloutGroupIds()).containsExactly("a@0", "b@0");
        assertThat(candidate.meanReward()).isEqualTo(0.5);
        assertThat(candidate.frobeniusNorm()).isPositive();
    }

    @Test
    void measuredGroupsTeachNothing() {
        // Given
        var pipeline = pipeline(1);
        var taught = groups().get(0);
        var measured = new RolloutGroupCompleted(
                taught.rolloutGroupId(),
                taught.dataId(),
                DataMode.MEASURE,
                taught.lineage(),
                taught.policyVersion(),
                taught.weightsHash(),
                taught.prompt(),
                taught.members());

        // When
        var result = pipeline.process(measured);

        // Then
        assertThat(result).isEqualTo(Result.hold());
    }

    @Test
    void orderOfArrivalDoesNotChangeTheCandidate() {
        // Given
        var groups = groups();
        var forwards = pipeline(2);
        var backwards = pipeline(2);
        forwards.process(groups.get(0));
        backwards.process(groups.get(1));

        // When
        var candidates =
                List.of(candidates(forwards.process(groups.get(1))), candidates(backwards.process(groups.get(0))));

        // Then
        assertThat(candidates.get(0)).isEqualTo(candidates.get(1));
    }

    @Test
    void roundInWhichNothingEarnedARewardGivesNoCandidate() {
        // Given
        var pipeline = pipeline(1);

        // When
        var result =
                pipeline.process(group("a", TinyWorldDocuments.training(1, 1).get(0), null));

        // Then
        assertThat(candidates(result)).isEmpty();
    }

    @Test
    void heldGroupsAreForgottenWhenTheirPartitionIsTakenAway() {
        // Given
        var pipeline = pipeline(2);
        pipeline.process(groups().get(0));
        pipeline.reset();

        // When
        var result = pipeline.process(groups().get(1));

        // Then
        assertThat(result).isEqualTo(Result.hold());
    }

    private static PolicyTrainingPipeline pipeline(int roundSize) {
        var training = new PolicyTraining(
                new LoraSettings(4, 8, LoraSettings.ALL_LINEAR),
                new TrainingSettings(1, 2, 0.001, LearningRateDecay.LINEAR, 0.9, 0.99, 0.0, LossMean.TOKENS));
        return new PolicyTrainingPipeline(NewData.MAIN_LINEAGE, models, training, artifacts, roundSize, 1);
    }

    private static List<RolloutGroupCompleted> groups() {
        var documents = TinyWorldDocuments.training(1, 2);
        return List.of(group("a", documents.get(0), 0.5), group("b", documents.get(1), 0.5));
    }

    private static RolloutGroupCompleted group(String dataId, TinyWorldDocument document, Double reward) {
        String groupId = Ids.rolloutGroup(dataId, 0);
        var edit = new SelfEdit(
                Ids.selfEdit(groupId, 0),
                0,
                String.join("\n", document.idealEdit()),
                List.of(document.context()),
                null,
                new int[0],
                new float[0]);
        Double advantage = reward == null ? null : Double.valueOf(0.0);
        return new RolloutGroupCompleted(
                groupId,
                dataId,
                DataMode.TRAIN,
                NewData.MAIN_LINEAGE,
                0,
                baseHash,
                document.newData().prompt(),
                List.of(new GroupMember(edit, reward, advantage, reward != null)));
    }

    private static List<CandidateProposed> candidates(Result result) {
        return ((Result.Emit) result).emissions().to(Topics.CANDIDATES);
    }
}
