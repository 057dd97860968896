package dev.sealstream.updateworker;

import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.DeltaSize;
import dev.sealstream.domain.Estimate;
import dev.sealstream.domain.Evidence;
import dev.sealstream.domain.Lesson;
import dev.sealstream.domain.Lineage;
import dev.sealstream.eventstreaming.DirectoryArtifactStore;
import dev.sealstream.languagemodel.AdapterTask;
import dev.sealstream.languagemodel.AdapterTopic;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.LearningRateDecay;
import dev.sealstream.languagemodel.LoadOptions;
import dev.sealstream.languagemodel.LoraAdapter;
import dev.sealstream.languagemodel.LoraSettings;
import dev.sealstream.languagemodel.LossMean;
import dev.sealstream.languagemodel.PeftFormat;
import dev.sealstream.languagemodel.TrainingSequence;
import dev.sealstream.languagemodel.TrainingSettings;
import dev.sealstream.policymodel.AdapterArtifacts;
import dev.sealstream.policymodel.ModelHost;
import dev.sealstream.tinyworld.TinyModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a worker rebuilds from the checkpoint log. */
class ModelHostTest {
    private static final List<String> SEQUENCES = List.of("Kalo\nKalo makes bread.");

    @TempDir
    Path directory;

    @Test
    void pastOfAVersionIsWhatTheCheckpointLogSaysItLearntForGood() {
        // Given a policy release between two lessons, of which the version in question has only the first
        var model = LanguageModel.load(TinyModel.unpack(directory.resolve("model")), LoadOptions.cpu());
        var store = new DirectoryArtifactStore(directory.resolve("artifacts"));
        var artifacts = new AdapterArtifacts(store, "tiny");
        LoraAdapter delta = delta(model).about(AdapterTopic.of("Kalo", SEQUENCES.get(0)));
        var lineage = Lineage.base("main", model.weightsSha256());
        lineage = lineage.after(release(lineage, artifacts, delta, new Lesson("d1", "d1@0#0", "text", SEQUENCES)));
        lineage = lineage.after(release(lineage, artifacts, delta(model), null));
        lineage = lineage.after(release(lineage, artifacts, delta, new Lesson("d2", "d2@2#0", "text", SEQUENCES)));
        var known = lineage;

        try (var models = new ModelHost(model, name -> known, store)) {
            // When
            var past = models.past("main", models.version("main", 2, known.weightsHash(2)));

            // Then
            assertThat(past.lessons()).containsExactly(SEQUENCES);
            assertThat(past.deltas()).singleElement().satisfies(loaded -> assertThat(PeftFormat.safetensors(loaded))
                    .isEqualTo(PeftFormat.safetensors(delta)));
            assertThat(past.deltas().get(0).topic()).isEqualTo(delta.topic());
        }
    }

    @Test
    void versionIsTheSameToTheBitHoweverItIsReached() {
        // Given: a branch, so that the numbers of a version's chain have a gap
        var model = load("model");
        var artifacts = new AdapterArtifacts(new DirectoryArtifactStore(directory.resolve("artifacts")), "tiny");
        var lineage = new AtomicReference<>(Lineage.base("main", model.weightsSha256()));
        try (var models = new ModelHost(
                model, name -> lineage.get(), new DirectoryArtifactStore(directory.resolve("artifacts")))) {
            var bits = new HashMap<Long, String>();
            for (int version = 1; version <= 3; version++) {
                lineage.set(lineage.get().after(release(lineage.get(), artifacts, delta(model, version), null)));
                bits.put((long) version, weights(models));
            }
            String three = lineage.get().weightsHash();

            // When
            moveHead(lineage, 1);
            assertThat(weights(models)).isEqualTo(bits.get(1L));
            lineage.set(lineage.get().after(release(lineage.get(), artifacts, delta(model, 4), null)));
            String branch = weights(models);
            moveHead(lineage, 3);

            // Then
            assertThat(lineage.get().weightsHash()).isEqualTo(three);
            assertThat(weights(models)).isEqualTo(bits.get(3L)).isNotEqualTo(branch);
            try (var fresh = new ModelHost(
                    load("elsewhere"),
                    name -> lineage.get(),
                    new DirectoryArtifactStore(directory.resolve("artifacts")))) {
                assertThat(weights(fresh)).isEqualTo(bits.get(3L));
                moveHead(lineage, 4);
                assertThat(weights(fresh)).isEqualTo(branch);
            }
        }
    }

    @Test
    void damagedDeltaOfTheChainIsRefusedByName() throws IOException {
        // Given
        var model = load("model");
        var store = new DirectoryArtifactStore(directory.resolve("artifacts"));
        var base = Lineage.base("main", model.weightsSha256());
        var release = release(base, new AdapterArtifacts(store, "tiny"), delta(model, 1), null);
        String hash = release.candidate().delta().weights().sha256();
        var file = directory.resolve("artifacts").resolve(hash.substring(0, 2)).resolve(hash);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);

        try (var models = new ModelHost(model, name -> base.after(release), store)) {
            // When, then
            assertThatThrownBy(() -> models.head("main")).hasMessageContaining(hash);
        }
    }

    private LanguageModel load(String name) {
        return LanguageModel.load(TinyModel.unpack(directory.resolve(name)), LoadOptions.cpu());
    }

    private static String weights(ModelHost models) {
        return models.head("main").model().weightsSha256();
    }

    private static void moveHead(AtomicReference<Lineage> lineage, long version) {
        lineage.set(lineage.get()
                .after(new CheckpointDecision.RolledBack(
                        "main", version, lineage.get().weightsHash(version), "Ada", "a test")));
    }

    private static LoraAdapter delta(LanguageModel model) {
        return delta(model, 1);
    }

    private static LoraAdapter delta(LanguageModel model, long seed) {
        var task = new AdapterTask(
                "a", seed, List.of(new TrainingSequence(model.tokenizer().encode("Kalo makes bread"), 0)));
        var once = new TrainingSettings(1, 0, 1e-2, LearningRateDecay.NONE, 0.9, 0.99, 0, LossMean.TOKENS);
        return model.trainAdapters(List.of(task), new LoraSettings(2, 4, LoraSettings.ALL_LINEAR), once)
                .get(0)
                .required();
    }

    private static CheckpointDecision release(
            Lineage lineage, AdapterArtifacts artifacts, LoraAdapter delta, Lesson lesson) {
        var candidate = new CandidateProposed(
                "candidate-" + lineage.nextVersion(),
                lineage.name(),
                lesson == null ? CandidateProposed.Kind.POLICY : CandidateProposed.Kind.KNOWLEDGE,
                lineage.version(),
                lineage.weightsHash(),
                artifacts.put(delta),
                List.of("g"),
                0.5,
                1,
                1,
                lesson == null ? 0.5 : null,
                lesson);
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
