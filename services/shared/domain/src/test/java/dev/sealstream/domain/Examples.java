package dev.sealstream.domain;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Small valid values for the tests of this package. */
final class Examples {
    static final String BASE_HASH = Sha256.hex("base weights");

    private Examples() {}

    static AdapterReference adapter(String name) {
        return new AdapterReference(artifact(name + ".json"), artifact(name + ".safetensors"));
    }

    static AdapterUpdate update(String selfEditId, int repeat) {
        String id = Ids.update(selfEditId, repeat);
        return new AdapterUpdate(id, selfEditId, repeat, adapter(id), null, List.of(2.0f, 1.0f), 0.5, 0.1);
    }

    /** Answers to as many questions as verdicts; true means right. */
    static List<GradedAnswer> answers(boolean... verdicts) {
        return IntStream.range(0, verdicts.length)
                .mapToObj(i -> new GradedAnswer("q" + i, "yes", verdicts[i] ? "yes" : "no", verdicts[i]))
                .toList();
    }

    /** One repeat for each list of answers. */
    @SafeVarargs
    static Outcome.Scored scored(String selfEditId, List<GradedAnswer>... repeats) {
        return new Outcome.Scored(IntStream.range(0, repeats.length)
                .mapToObj(repeat -> new RepeatScore(update(selfEditId, repeat), repeats[repeat]))
                .toList());
    }

    static SelfEdit selfEdit(String groupId, int index) {
        return new SelfEdit(
                Ids.selfEdit(groupId, index),
                index,
                "completion " + index,
                List.of("title\nline " + index),
                null,
                new int[0],
                new float[0]);
    }

    static RolloutEnded ended(String groupId, int groupSize, int index, Double baseline, Outcome outcome) {
        return new RolloutEnded(
                groupId,
                groupSize,
                "data",
                DataMode.TRAIN,
                "main",
                0,
                BASE_HASH,
                "prompt",
                selfEdit(groupId, index),
                baseline,
                outcome);
    }

    static CandidateProposed candidate(String id, long parentVersion, String parentHash, double norm) {
        return new CandidateProposed(
                id,
                "main",
                CandidateProposed.Kind.POLICY,
                parentVersion,
                parentHash,
                adapter(id),
                List.of("g1"),
                0.5,
                norm,
                0.1,
                0.5,
                null);
    }

    /** A candidate that teaches a datum, trained on the base. */
    static CandidateProposed knowledge(String id, String dataId) {
        return new CandidateProposed(
                id,
                "main",
                CandidateProposed.Kind.KNOWLEDGE,
                0,
                BASE_HASH,
                adapter(id),
                List.of(dataId + "@0"),
                0.5,
                1.0,
                0.1,
                null,
                Lesson.of(dataId, selfEdit(dataId + "@0", 0)));
    }

    /** The release of a policy candidate on the lineage's head, without judging it. */
    static CheckpointDecision.Released release(Lineage lineage, String candidateId) {
        return release(lineage, candidate(candidateId, lineage.version(), lineage.weightsHash(), 1.0), List.of());
    }

    static CheckpointDecision.Released release(
            Lineage lineage, CandidateProposed candidate, List<KnowledgeChange> knowledge) {
        return new CheckpointDecision.Released(
                lineage.name(),
                lineage.nextVersion(),
                lineage.version(),
                lineage.weightsHash(),
                candidate.weightsHashOn(lineage.weightsHash()),
                candidate,
                evidence(1.0, knowledge),
                null,
                "because");
    }

    /** A policy candidate of one version, kept in the archive with a score after its own self-edits. */
    static CheckpointDecision.Archived archived(Lineage lineage, String candidateId, long parent, double score) {
        var candidate = candidate(candidateId, parent, lineage.weightsHash(parent), 1.0);
        var after = Estimate.of(score, score);
        var before = Estimate.of(0.5, 0.5);
        return new CheckpointDecision.Archived(
                lineage.name(),
                lineage.nextVersion(),
                parent,
                lineage.weightsHash(parent),
                candidate.weightsHashOn(lineage.weightsHash(parent)),
                candidate,
                new Evidence(before, after, after, List.of(), size(1.0), 0.01),
                "no gain");
    }

    static Evidence evidence(double norm, List<KnowledgeChange> knowledge) {
        var some = Estimate.of(0.1, 0.2);
        return new Evidence(some, some, some, knowledge, size(norm), 0.01);
    }

    static DeltaSize size(double norm) {
        return new DeltaSize(norm, norm / 10, Map.of("q_proj", norm / 2, "v_proj", norm / 2));
    }

    private static ArtifactReference artifact(String name) {
        return new ArtifactReference("store:" + name, name.length(), Sha256.hex(name));
    }
}
