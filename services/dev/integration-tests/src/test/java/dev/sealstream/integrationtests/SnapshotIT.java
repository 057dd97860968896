package dev.sealstream.integrationtests;

import dev.sealstream.domain.AdapterReference;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.DeltaSize;
import dev.sealstream.domain.Estimate;
import dev.sealstream.domain.Evidence;
import dev.sealstream.domain.Lineage;
import dev.sealstream.domain.NewData;
import dev.sealstream.eventstreaming.ArtifactStore;
import dev.sealstream.eventstreaming.DirectoryArtifactStore;
import dev.sealstream.eventstreaming.Topics;
import dev.sealstream.languagemodel.AdapterTask;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.LearningRateDecay;
import dev.sealstream.languagemodel.LoadOptions;
import dev.sealstream.languagemodel.LoraSettings;
import dev.sealstream.languagemodel.LossMean;
import dev.sealstream.languagemodel.PeftFormat;
import dev.sealstream.languagemodel.TrainingSequence;
import dev.sealstream.languagemodel.TrainingSettings;
import dev.sealstream.tinyworld.TinyModel;
import dev.sealstream.tinyworld.TinyWorldDocuments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;

/** A release becomes a snapshot, and a worker that starts needs none of the deltas it covers. The test is the gate. */
class SnapshotIT {
    private static final Duration WAIT = Duration.ofMinutes(2);

    @Test
    void workerStartsFromTheSnapshotAloneAndNamesTheSameWeights(@TempDir Path state) {
        var artifacts = state.resolve("artifacts");

        startFromASnapshot(state, Map.of(), new DirectoryArtifactStore(artifacts), hash -> {
            try {
                Files.delete(artifacts.resolve(hash.substring(0, 2)).resolve(hash));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void workersThatShareABucketDoToo(@TempDir Path state) throws Exception {
        try (var bucket = Bucket.open();
                var artifacts = bucket.store()) {
            startFromASnapshot(state, bucket.settings(), artifacts, bucket::remove);

            assertThat(state.resolve("artifacts")).doesNotExist();
        }
    }

    /** @param remove takes an artifact away by its hash, past the store */
    private static void startFromASnapshot(
            Path state, Map<String, String> storeSettings, ArtifactStore artifacts, Consumer<String> remove) {
        var settings = new HashMap<>(storeSettings);
        settings.put("seal.snapshots.every", "2");
        settings.put("seal.sampling.group-size", "2");
        try (var stack = TestStack.start(state, settings, "evaluator", "self-edit-proposer");
                var model = LanguageModel.load(TinyModel.unpack(state.resolve("own model")), LoadOptions.cpu())) {
            // Given
            var lineage = Lineage.base(NewData.MAIN_LINEAGE, model.weightsSha256());
            for (int version = 1; version <= 2; version++) {
                var release = release(lineage, delta(model, artifacts, version));
                lineage = lineage.after(release);
                stack.send(Topics.CHECKPOINTS, List.of(release));
            }

            // When
            var snapshots = stack.readUntil(Topics.SNAPSHOTS, WAIT, taken -> !taken.isEmpty());

            // Then
            assertThat(snapshots).singleElement().satisfies(snapshot -> {
                assertThat(snapshot.version()).isEqualTo(2);
                assertThat(snapshot.files()).containsKeys("config.json", "model.safetensors", "tokenizer.json");
            });
            assertThat(snapshots.get(0).weightsHash()).isEqualTo(lineage.weightsHash());

            // When nothing but the snapshot is left
            lineage.chain(2)
                    .forEach(covered ->
                            remove.accept(covered.candidate().delta().weights().sha256()));
            var document = TinyWorldDocuments.training(3, 1).get(0).newData();
            stack.send(Topics.NEW_DATA, List.of(document));

            // Then
            var proposed = stack.readUntil(Topics.SELF_EDITS, WAIT, groups -> !groups.isEmpty());
            assertThat(proposed.get(0).weightsHash()).isEqualTo(lineage.weightsHash());
        }
    }

    private static AdapterReference delta(LanguageModel model, ArtifactStore artifacts, long seed) {
        var text = new TrainingSequence(model.tokenizer().encode("Kalo makes bread"), 0);
        var once = new TrainingSettings(1, 0, 1e-3, LearningRateDecay.NONE, 0.9, 0.99, 0, LossMean.TOKENS);
        var adapter = model.trainAdapters(
                        List.of(new AdapterTask("a", seed, List.of(text))),
                        new LoraSettings(2, 4, LoraSettings.ALL_LINEAR),
                        once)
                .get(0)
                .required();
        return new AdapterReference(
                artifacts.put(PeftFormat.configJson(adapter, "tiny")), artifacts.put(PeftFormat.safetensors(adapter)));
    }

    private static CheckpointDecision release(Lineage lineage, AdapterReference delta) {
        var candidate = new CandidateProposed(
                "candidate-" + lineage.nextVersion(),
                lineage.name(),
                CandidateProposed.Kind.POLICY,
                lineage.version(),
                lineage.weightsHash(),
                delta,
                List.of("g"),
                0.5,
                1,
                1,
                0.5,
                null);
        var none = Estimate.of(new double[] {0, 0});
        return new CheckpointDecision.Released(
                lineage.name(),
                lineage.nextVersion(),
                lineage.version(),
                lineage.weightsHash(),
                candidate.weightsHashOn(lineage.weightsHash()),
                candidate,
                new Evidence(none, none, none, List.of(), new DeltaSize(1, 1, Map.of()), 0),
                null,
                "better");
    }
}
