package dev.sealstream.eventstreaming;

import dev.sealstream.domain.AdapterReference;
import dev.sealstream.domain.AdapterUpdate;
import dev.sealstream.domain.AdaptersTrained;
import dev.sealstream.domain.Alarm;
import dev.sealstream.domain.AnswerPair;
import dev.sealstream.domain.Approval;
import dev.sealstream.domain.ApprovalGiven;
import dev.sealstream.domain.ArtifactReference;
import dev.sealstream.domain.BenchmarkMeasured;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.DeltaSize;
import dev.sealstream.domain.DocumentScore;
import dev.sealstream.domain.Estimate;
import dev.sealstream.domain.Evidence;
import dev.sealstream.domain.GradedAnswer;
import dev.sealstream.domain.GroupMember;
import dev.sealstream.domain.KnowledgeChange;
import dev.sealstream.domain.KnowledgeScore;
import dev.sealstream.domain.Lesson;
import dev.sealstream.domain.Measurement;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.Outcome;
import dev.sealstream.domain.PersonDecision;
import dev.sealstream.domain.PromptStyle;
import dev.sealstream.domain.Question;
import dev.sealstream.domain.RepeatScore;
import dev.sealstream.domain.RepeatsWanted;
import dev.sealstream.domain.RewardAssigned;
import dev.sealstream.domain.RewardInterval;
import dev.sealstream.domain.RollbackOrdered;
import dev.sealstream.domain.RolloutEnded;
import dev.sealstream.domain.RolloutGroupCompleted;
import dev.sealstream.domain.SelfEdit;
import dev.sealstream.domain.SelfEditsProposed;
import dev.sealstream.domain.Sha256;
import dev.sealstream.domain.SnapshotTaken;
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
                List.of(new Question("q1", "a1"), new Question("q2", "a2", "another topic", 0.875)),
                "a test",
                7,
                2);
    }

    static Stream<NewData> newData() {
        return Stream.of(PromptStyle.values()).flatMap(style -> Stream.of(DataMode.values())
                .map(mode -> new NewData(
                        "d",
                        mode,
                        style,
                        "main",
                        "t",
                        "c",
                        mode == DataMode.ADAPT ? List.of() : List.of(new Question("q", "a")),
                        "")));
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
                        true,
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
                0.25,
                0.75,
                null);
    }

    static CandidateProposed knowledge() {
        return new CandidateProposed(
                "main@3+knowledge-d@3#0",
                "main",
                CandidateProposed.Kind.KNOWLEDGE,
                3,
                BASE_HASH,
                adapter("a lesson"),
                List.of("d@3"),
                0.5,
                1.5,
                0.25,
                null,
                Lesson.of("d", validEdit()));
    }

    static Stream<BenchmarkMeasured> benchmarks() {
        var score = new DocumentScore("b", 0.25, 0.5, 1.0);
        return Stream.of(
                new BenchmarkMeasured(
                        candidate(0, BASE_HASH),
                        2,
                        0,
                        null,
                        new Measurement("parent", List.of(score)),
                        new Measurement("subject", List.of(score)),
                        size(),
                        0.125,
                        List.of(),
                        null),
                new BenchmarkMeasured(
                        knowledge(),
                        4,
                        4,
                        datum("d"),
                        new Measurement("parent", List.of(score), List.of(new KnowledgeScore("d", 0.25))),
                        new Measurement("subject", List.of(score), List.of(new KnowledgeScore("d", 0.75, true))),
                        size(),
                        0.125,
                        List.of(new AnswerPair("d", "q1", "a1", "before", "after", true)),
                        null),
                BenchmarkMeasured.failed(candidate(0, BASE_HASH), 3, "delta does not fit"));
    }

    static Stream<PersonDecision> personDecisions() {
        return Stream.of(
                new ApprovalGiven("c", "main", "Ada", true, "good"),
                new ApprovalGiven("c", "main", "Ada", false, "bad"),
                new RollbackOrdered("main", 7, "Ada", "it forgot"));
    }

    static CheckpointDecision.Released released(long version, String parentHash) {
        return released(candidate(version - 1, parentHash), version, parentHash, null);
    }

    private static CheckpointDecision.Released released(
            CandidateProposed candidate, long version, String parentHash, Approval approval) {
        return new CheckpointDecision.Released(
                "main",
                version,
                version - 1,
                parentHash,
                candidate.weightsHashOn(parentHash),
                candidate,
                evidence(),
                approval,
                "better");
    }

    static Stream<CheckpointDecision> decisions() {
        var ada = new Approval("Ada", "looked at it");
        return Stream.of(
                released(1, BASE_HASH),
                released(knowledge(), 9, Sha256.hex("eight"), ada),
                new CheckpointDecision.Rejected("main", candidate(0, BASE_HASH), evidence(), ada, "worse"),
                new CheckpointDecision.Rejected("main", candidate(0, BASE_HASH), null, null, "not measured"),
                new CheckpointDecision.Held("main", candidate(0, BASE_HASH), 5, 5, evidence(), List.of()),
                new CheckpointDecision.Held(
                        "main",
                        knowledge(),
                        5,
                        4,
                        evidence(),
                        Stream.of(Alarm.Guard.values())
                                .map(guard -> new Alarm(guard, "found by " + guard))
                                .toList()),
                new CheckpointDecision.RolledBack("main", 0, BASE_HASH, "Ada", "forgot too much"),
                new CheckpointDecision.Archived(
                        "main",
                        9,
                        7,
                        Sha256.hex("seven"),
                        candidate(7, Sha256.hex("seven")).weightsHashOn(Sha256.hex("seven")),
                        candidate(7, Sha256.hex("seven")),
                        evidence(),
                        "no gain"),
                new CheckpointDecision.ParentChosen("main", 9, Sha256.hex("nine"), 0.375));
    }

    static SnapshotTaken snapshot(long version) {
        return new SnapshotTaken(
                "main",
                version,
                Sha256.hex("weights of " + version),
                Map.of("config.json", artifact("config"), "model.safetensors", artifact("weights of " + version)),
                List.of(2L, 5L));
    }

    private static Evidence evidence() {
        return new Evidence(
                new Estimate(0.5, 0.125, 4),
                new Estimate(0.625, 0.25, 4),
                new Estimate(0.125, Double.POSITIVE_INFINITY, 1),
                List.of(new KnowledgeChange("d", false, 0.25, 0.75), new KnowledgeChange("e", true, 0.5, 0.375, true)),
                size(),
                0.0625);
    }

    private static DeltaSize size() {
        return new DeltaSize(1.5, 0.25, Map.of("layers.0.q_proj", 1.25, "layers.0.v_proj", 0.5));
    }

    private static ArtifactReference artifact(String content) {
        return new ArtifactReference("artifact:" + content, content.length(), Sha256.hex(content));
    }
}
