package dev.sealstream.s3artifacts;

import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.DeltaSize;
import dev.sealstream.domain.Estimate;
import dev.sealstream.domain.Evidence;
import dev.sealstream.domain.Lineage;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.SnapshotTaken;
import dev.sealstream.eventstreaming.InvalidEventException;
import dev.sealstream.languagemodel.AdapterTask;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.LearningRateDecay;
import dev.sealstream.languagemodel.LoadOptions;
import dev.sealstream.languagemodel.LoraAdapter;
import dev.sealstream.languagemodel.LoraSettings;
import dev.sealstream.languagemodel.LossMean;
import dev.sealstream.languagemodel.TrainingSequence;
import dev.sealstream.languagemodel.TrainingSettings;
import dev.sealstream.policymodel.AdapterArtifacts;
import dev.sealstream.policymodel.ModelHost;
import dev.sealstream.policymodel.SnapshotFiles;
import dev.sealstream.tinyworld.TinyModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A worker whose only artifacts lie in a bucket. */
class ModelHostOnS3Test {
    private static final TrainingSettings ONCE =
            new TrainingSettings(1, 0, 1e-2, LearningRateDecay.NONE, 0.9, 0.99, 0, LossMean.TOKENS);

    @TempDir
    Path directory;

    private final Map<String, SnapshotTaken> snapshots = new HashMap<>();
    private S3Server server;
    private Lineage lineage;
    private String weights;

    @BeforeEach
    void releaseThreeVersionsWithASnapshotOfTheSecond() throws Exception {
        server = S3Server.start();
        var base = load("writing");
        lineage = Lineage.base(NewData.MAIN_LINEAGE, base.weightsSha256());
        try (var store = server.store();
                var models = host(base, store, "written")) {
            for (int version = 1; version <= 3; version++) {
                release(new AdapterArtifacts(store, "tiny"), delta(base, version));
                models.snapshotWriter(2)
                        .write(lineage.name(), version)
                        .ifPresent(taken -> snapshots.put(taken.weightsHash(), taken));
            }
            weights = weights(models);
        }
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void headIsRebuiltOnAnEmptyDiskFromTheSnapshotAndTheDeltaSince() {
        // Given
        assertThat(snapshots).hasSize(1);
        remove(deltaOf(1));
        remove(deltaOf(2));

        // When
        try (var store = server.store();
                var models = host(load("fresh"), store, "fresh snapshots")) {
            // Then
            assertThat(weights(models)).isEqualTo(weights);
        }
    }

    @Test
    void damagedSnapshotIsPassedOverAndADamagedDeltaRefusedByName() {
        // Given
        var file = snapshots.values().iterator().next().files().get("model.safetensors");
        server.overwrite(S3Server.key(file.sha256()), new byte[] {1, 2, 3});

        try (var store = server.store()) {
            // When
            try (var models = host(load("fresh"), store, "fresh snapshots")) {
                assertThat(weights(models)).isEqualTo(weights);
            }
            server.overwrite(S3Server.key(deltaOf(2)), new byte[] {1, 2, 3});

            // Then
            try (var models = host(load("fresher"), store, "fresher snapshots")) {
                assertThatThrownBy(() -> models.head(lineage.name()))
                        .isInstanceOf(InvalidEventException.class)
                        .hasMessageContaining(S3Server.key(deltaOf(2)));
            }
        }
    }

    private ModelHost host(LanguageModel base, S3ArtifactStore store, String snapshotDirectory) {
        var files = new SnapshotFiles(store, directory.resolve(snapshotDirectory));
        return new ModelHost(base, name -> lineage, store, () -> Map.copyOf(snapshots), files);
    }

    private LanguageModel load(String name) {
        return LanguageModel.load(TinyModel.unpack(directory.resolve(name)), LoadOptions.cpu());
    }

    private String weights(ModelHost models) {
        return models.head(lineage.name()).model().weightsSha256();
    }

    private String deltaOf(int version) {
        return lineage.chain(3).get(version - 1).candidate().delta().weights().sha256();
    }

    private void remove(String sha256) {
        server.client().deleteObject(request -> request.bucket(S3Server.BUCKET).key(S3Server.key(sha256)));
    }

    private static LoraAdapter delta(LanguageModel model, long seed) {
        var text = new TrainingSequence(model.tokenizer().encode("Kalo makes bread"), 0);
        var task = new AdapterTask("a", seed, List.of(text));
        return model.trainAdapters(List.of(task), new LoraSettings(2, 4, LoraSettings.ALL_LINEAR), ONCE)
                .get(0)
                .required();
    }

    private void release(AdapterArtifacts artifacts, LoraAdapter delta) {
        var candidate = new CandidateProposed(
                "candidate-" + lineage.nextVersion(),
                lineage.name(),
                CandidateProposed.Kind.POLICY,
                lineage.version(),
                lineage.weightsHash(),
                artifacts.put(delta),
                List.of("g"),
                0.5,
                1,
                1,
                0.5,
                null);
        var none = Estimate.of(new double[] {0, 0});
        lineage = lineage.after(new CheckpointDecision.Released(
                lineage.name(),
                lineage.nextVersion(),
                lineage.version(),
                lineage.weightsHash(),
                candidate.weightsHashOn(lineage.weightsHash()),
                candidate,
                new Evidence(none, none, none, List.of(), new DeltaSize(1, 1, Map.of()), 0),
                null,
                "better"));
    }
}
