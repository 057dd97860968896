package dev.sealstream.eventstreaming;

import dev.sealstream.domain.AdapterReference;
import dev.sealstream.domain.AdapterUpdate;
import dev.sealstream.domain.AdaptersTrained;
import dev.sealstream.domain.ApprovalGiven;
import dev.sealstream.domain.ArtifactReference;
import dev.sealstream.domain.BenchmarkMeasured;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.DocumentScore;
import dev.sealstream.domain.Estimate;
import dev.sealstream.domain.GradedAnswer;
import dev.sealstream.domain.GroupMember;
import dev.sealstream.domain.Measurement;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.Outcome;
import dev.sealstream.domain.PromptStyle;
import dev.sealstream.domain.Question;
import dev.sealstream.domain.RepeatScore;
import dev.sealstream.domain.RepeatsWanted;
import dev.sealstream.domain.RewardAssigned;
import dev.sealstream.domain.RewardInterval;
import dev.sealstream.domain.RolloutEnded;
import dev.sealstream.domain.RolloutGroupCompleted;
import dev.sealstream.domain.SelfEdit;
import dev.sealstream.domain.SelfEditsProposed;
import dev.sealstream.domain.Sha256;
import dev.sealstream.domain.UpdateKind;
import dev.sealstream.domain.UpdateWanted;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Events with every field different from its default, and every branch of every field that may be null. */
final class Events {
    static final String BASE_HASH = Sha256.hex("base");

    private Events() {}

    static NewData datum(String dataId) {
        return new NewData(
                dataId,
                DataMode.MEASURE,
                PromptStyle.SELF_QA,
                "side",
                "Títle",
                "Ein Text mit Ümläuten, 漢字 und 🦭.",
                List.of(new Question("q1", "a1"), new Question("q2", "a2", "another topic")),
                "a test",
                7,
                2);
    }

    static Stream<NewData> newData() {
        return Stream.of(PromptStyle.values()).flatMap(style -> Stream.of(DataMode.values())
                .map(mode -> new NewData("d", mode, style, "main", "t", "c", List.of(new Question("q", "a")), "")));
    }

    static SelfEdit validEdit() {
        return new SelfEdit(
                "d@3#0",
                0,
                "completion",
                List.of("t\none", "t\ntwo"),
                null,
                new int[] {7, 0, Integer.MAX_VALUE},
                new float[] {-0.5f, -12.25f, Float.NEGATIVE_INFINITY});
    }

    static SelfEdit invalidEdit() {
        return new SelfEdit("d@3#1", 1, "", List.of(), "nothing but spaces", new int[0], new float[0]);
    }

    static SelfEditsProposed proposed() {
        return new SelfEditsProposed(
                "d@3",
                datum("d"),
                3,
                BASE_HASH,
                "the prompt",
                List.of(validEdit(), invalidEdit()),
                UpdateKind.CONTINUED_PRETRAINING);
    }

    static AdapterReference adapter(String content) {
        return new AdapterReference(artifact(content + " configuration"), artifact(content + " weights"));
    }

    static AdapterUpdate trained() {
        return new AdapterUpdate(
                "d@3#0/0", "d@3#0", 0, adapter("update"), null, List.of(2.5f, 1.25f, Float.NaN), 0.75, 0.5);
    }

    static AdaptersTrained adaptersTrained() {
        return new AdaptersTrained(
                proposed(), List.of(trained(), AdapterUpdate.failed("d@3#0", 1, "loss was not a number")));
    }

    private static List<GradedAnswer> answers() {
        return List.of(
                new GradedAnswer("q1", "a1", "a1", true),
                new GradedAnswer("q2", "a2", "", false, 0.375, "No, nothing."));
    }

    static AdaptersTrained scoredAdapters() {
        return adaptersTrained().scored(List.of(new RepeatScore(trained(), answers())));
    }

    static RepeatsWanted repeatsWanted() {
        return new RepeatsWanted(scoredAdapters(), List.of(new UpdateWanted("d@3#0", 2), new UpdateWanted("d@3#0", 3)));
    }

    static Stream<RolloutEnded> outcomes() {
        var answers = answers();
        return Stream.of(
                RolloutEnded.of(
                        proposed(),
                        validEdit(),
                        0.25,
                        new Outcome.Scored(List.of(new RepeatScore(trained(), answers)))),
                RolloutEnded.of(proposed(), invalidEdit(), null, new Outcome.Invalid("nothing to train on")),
                RolloutEnded.of(proposed(), validEdit(), 0.0, new Outcome.Failed("out of memory")),
                RolloutEnded.of(proposed(), validEdit(), null, new Outcome.Cancelled("stale")));
    }

    static Stream<RewardAssigned> rewards() {
        return Stream.of(
                new RewardAssigned(
                        "d",
                        "d@3",
                        "d@3#0",
                        "main",
                        3,
                        BASE_HASH,
                        RewardAssigned.Ending.SCORED,
                        "",
                        0.75,
                        0.25,
                        -0.125,
                        Map.of("accuracy", 0.75, "gain", 0.5),
                        new RewardInterval(0.125, 7, 0.5, 1.0),
                        true),
                new RewardAssigned(
                        "d",
                        "d@3",
                        "d@3#1",
                        "main",
                        3,
                        BASE_HASH,
                        RewardAssigned.Ending.CANCELLED,
                        "stale",
                        null,
                        null,
                        null,
                        Map.of(),
                        null,
                        false));
    }

    static RolloutGroupCompleted experience(String groupId) {
        return new RolloutGroupCompleted(
                groupId,
                "d",
                DataMode.TRAIN,
                "main",
                3,
                BASE_HASH,
                "the prompt",
                List.of(
                        new GroupMember(validEdit(), 1.0, 0.5, true),
                        new GroupMember(invalidEdit(), null, null, false)));
    }

    static CandidateProposed candidate(long parentVersion, String parentHash) {
        return new CandidateProposed(
                "main@" + parentVersion + "+policy-0123",
                "main",
                CandidateProposed.Kind.POLICY,
                parentVersion,
                parentHash,
                adapter("delta of " + parentVersion),
                List.of("d@3", "e@3"),
                0.5,
                1.5,
                0.25);
    }

    static Stream<BenchmarkMeasured> benchmarks() {
        var score = new DocumentScore("b", 0.25, 0.5, 1.0);
        return Stream.of(
                new BenchmarkMeasured(
                        candidate(0, BASE_HASH),
                        new Measurement("parent", List.of(score)),
                        new Measurement("subject", List.of(score)),
                        null),
                new BenchmarkMeasured(candidate(0, BASE_HASH), null, null, "delta does not fit"),
                new BenchmarkMeasured(
                        candidate(0, BASE_HASH), new Measurement("parent", List.of(score)), null, "not a number"));
    }

    static Stream<ApprovalGiven> approvals() {
        return Stream.of(
                new ApprovalGiven("c", "main", "Ada", true, "good"),
                new ApprovalGiven("c", "main", "Ada", false, "bad"));
    }

    static CheckpointDecision.Released released(long version, String parentHash) {
        var candidate = candidate(version - 1, parentHash);
        var estimate = new Estimate(0.5, 0.125, 4);
        return new CheckpointDecision.Released(
                "main", version, candidate.weightsHash(), candidate, estimate, estimate, estimate, "better");
    }

    static Stream<CheckpointDecision> decisions() {
        var estimate = new Estimate(0.5, Double.POSITIVE_INFINITY, 1);
        return Stream.of(
                released(1, BASE_HASH),
                new CheckpointDecision.Rejected("main", candidate(0, BASE_HASH), estimate, estimate, estimate, "worse"),
                new CheckpointDecision.Rejected("main", candidate(0, BASE_HASH), null, null, null, "not measured"),
                new CheckpointDecision.RolledBack("main", 0, BASE_HASH, "Ada", "forgot too much"));
    }

    private static ArtifactReference artifact(String content) {
        return new ArtifactReference("artifact:" + content, content.length(), Sha256.hex(content));
    }
}
