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

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class PastTest {
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

    private static LoraAdapter delta(LanguageModel model) {
        var task = new AdapterTask(
                "a", 1, List.of(new TrainingSequence(model.tokenizer().encode("Kalo makes bread"), 0)));
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
