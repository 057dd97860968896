package dev.sealstream.devstack.demo;

import dev.sealstream.domain.AdapterReference;
import dev.sealstream.domain.ArtifactReference;
import dev.sealstream.domain.BenchmarkMeasured;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.DeltaSize;
import dev.sealstream.domain.DocumentScore;
import dev.sealstream.domain.Estimate;
import dev.sealstream.domain.Evidence;
import dev.sealstream.domain.GroupMember;
import dev.sealstream.domain.Ids;
import dev.sealstream.domain.Measurement;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.Outcome;
import dev.sealstream.domain.PromptStyle;
import dev.sealstream.domain.Question;
import dev.sealstream.domain.RewardAssigned;
import dev.sealstream.domain.RolloutEnded;
import dev.sealstream.domain.RolloutGroupCompleted;
import dev.sealstream.domain.SelfEdit;

import java.util.List;
import java.util.Map;

/** Events as the services write them, with only what a demo looks at filled in with care. */
final class TestEvents {
    static final String BASE = "a".repeat(64);
    private static final String DELTA = "d".repeat(64);
    private static final DeltaSize SIZE = new DeltaSize(1.0, 0.5, Map.of("q_proj", 1.0));

    private TestEvents() {}

    static NewData document(String dataId, DataMode mode) {
        return new NewData(
                dataId,
                mode,
                PromptStyle.IMPLICATIONS,
                "main",
                "Title",
                "Context.",
                List.of(new Question("Which?", "this")),
                "test");
    }

    static RolloutEnded rolloutEnded(String dataId, long version, int index, int groupSize) {
        String group = Ids.rolloutGroup(dataId, version);
        return new RolloutEnded(
                group,
                groupSize,
                dataId,
                DataMode.TRAIN,
                "main",
                version,
                BASE,
                "prompt",
                selfEdit(group, index),
                0.0,
                new Outcome.Invalid("for the test"));
    }

    static RewardAssigned reward(String dataId, long version, int index, double reward, boolean selected) {
        String group = Ids.rolloutGroup(dataId, version);
        return new RewardAssigned(
                dataId,
                group,
                Ids.selfEdit(group, index),
                "main",
                version,
                BASE,
                RewardAssigned.Ending.SCORED,
                "",
                reward,
                0.0,
                0.0,
                Map.of(),
                null,
                selected);
    }

    static RolloutGroupCompleted completed(String dataId, long version) {
        String group = Ids.rolloutGroup(dataId, version);
        return new RolloutGroupCompleted(
                group,
                dataId,
                DataMode.TRAIN,
                "main",
                version,
                BASE,
                "prompt",
                List.of(new GroupMember(selfEdit(group, 0), 0.5, 0.0, true)));
    }

    static CandidateProposed candidate(String parentWeightsHash, long parentVersion, String... dataIds) {
        ArtifactReference artifact = new ArtifactReference("file:///delta", 1, DELTA);
        return new CandidateProposed(
                "main@" + parentVersion + "+policy",
                "main",
                CandidateProposed.Kind.POLICY,
                parentVersion,
                parentWeightsHash,
                new AdapterReference(artifact, artifact),
                List.of(dataIds).stream()
                        .map(id -> Ids.rolloutGroup(id, parentVersion))
                        .toList(),
                0.5,
                1.0,
                1.0,
                0.5,
                null);
    }

    /** Scores of two held-out documents: nothing, passage only, self-edits. */
    static Measurement measurement(String weightsHash, double[] first, double[] second) {
        return new Measurement(
                weightsHash,
                List.of(
                        new DocumentScore("held-out-1", first[0], first[1], first[2]),
                        new DocumentScore("held-out-2", second[0], second[1], second[2])));
    }

    static BenchmarkMeasured measured(CandidateProposed candidate, Measurement parent, Measurement subject) {
        return new BenchmarkMeasured(
                candidate,
                candidate.parentVersion(),
                candidate.parentVersion(),
                null,
                parent,
                subject,
                SIZE,
                0.01,
                List.of(),
                null);
    }

    static CheckpointDecision released(CandidateProposed candidate) {
        Estimate estimate = new Estimate(0.5, 0.1, 2);
        return new CheckpointDecision.Released(
                "main",
                candidate.parentVersion() + 1,
                candidate.parentVersion(),
                candidate.parentWeightsHash(),
                candidate.weightsHashOn(candidate.parentWeightsHash()),
                candidate,
                new Evidence(estimate, estimate, estimate, List.of(), SIZE, 0.01),
                null,
                "it is better");
    }

    static CheckpointDecision rejected(CandidateProposed candidate) {
        return new CheckpointDecision.Rejected("main", candidate, null, null, "it is no better");
    }

    private static SelfEdit selfEdit(String group, int index) {
        return new SelfEdit(Ids.selfEdit(group, index), index, "edit", List.of("edit"), null, new int[0], new float[0]);
    }
}
