package dev.sealstream.evaluator;

import dev.sealstream.domain.AdapterReference;
import dev.sealstream.domain.ArtifactReference;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.DeltaSize;
import dev.sealstream.domain.Estimate;
import dev.sealstream.domain.Evidence;
import dev.sealstream.domain.Lineage;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.SnapshotTaken;
import dev.sealstream.eventstreaming.ArtifactStore;
import dev.sealstream.languagemodel.AdapterTask;
import dev.sealstream.languagemodel.AdapterTopic;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.LearningRateDecay;
import dev.sealstream.languagemodel.LoraAdapter;
import dev.sealstream.languagemodel.LoraSettings;
import dev.sealstream.languagemodel.LossMean;
import dev.sealstream.languagemodel.TrainingSequence;
import dev.sealstream.languagemodel.TrainingSettings;
import dev.sealstream.policymodel.AdapterArtifacts;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A lineage that grows by small deltas of the tiny model, with the snapshots taken of it; stands for the two logs. */
final class GrowingLineage {
    private static final TrainingSettings ONCE =
            new TrainingSettings(1, 0, 1e-2, LearningRateDecay.NONE, 0.9, 0.99, 0, LossMean.TOKENS);

    private final LanguageModel model;
    private final AdapterArtifacts artifacts;
    private final Map<String, SnapshotTaken> snapshots = new HashMap<>();
    private Lineage lineage;

    /** @param model trains the deltas; stays the caller's */
    GrowingLineage(LanguageModel model, ArtifactStore store) {
        this.model = model;
        this.artifacts = new AdapterArtifacts(store, "tiny");
        this.lineage = Lineage.base(NewData.MAIN_LINEAGE, model.weightsSha256());
    }

    Lineage lineage() {
        return lineage;
    }

    Map<String, SnapshotTaken> snapshots() {
        return Map.copyOf(snapshots);
    }

    void announce(SnapshotTaken snapshot) {
        snapshots.put(snapshot.weightsHash(), snapshot);
    }

    CheckpointDecision.Released releaseMerged() {
        return release(artifacts.put(delta()));
    }

    CheckpointDecision.Released releaseKeptBeside(String title) {
        return release(artifacts.put(delta().about(AdapterTopic.of(title, "a text"))));
    }

    void rollBackTo(long version) {
        lineage = lineage.after(new CheckpointDecision.RolledBack(
                lineage.name(), version, lineage.weightsHash(version), "Ada", "a test"));
    }

    /** What the delta of a version weighs. */
    ArtifactReference deltaOf(long version) {
        return lineage.chain(version).stream()
                .filter(made -> made.version() == version)
                .findFirst()
                .orElseThrow()
                .candidate()
                .delta()
                .weights();
    }

    private LoraAdapter delta() {
        var text = new TrainingSequence(model.tokenizer().encode("Kalo makes bread"), 0);
        var task = new AdapterTask("a", lineage.nextVersion(), List.of(text));
        return model.trainAdapters(List.of(task), new LoraSettings(2, 4, LoraSettings.ALL_LINEAR), ONCE)
                .get(0)
                .required();
    }

    private CheckpointDecision.Released release(AdapterReference delta) {
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
        var release = new CheckpointDecision.Released(
                lineage.name(),
                lineage.nextVersion(),
                lineage.version(),
                lineage.weightsHash(),
                candidate.weightsHashOn(lineage.weightsHash()),
                candidate,
                new Evidence(none, none, none, List.of(), new DeltaSize(1, 1, Map.of()), 0),
                null,
                "better");
        lineage = lineage.after(release);
        return release;
    }
}
