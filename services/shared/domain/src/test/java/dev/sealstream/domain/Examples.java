package dev.sealstream.domain;

import java.util.List;
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
                0.1);
    }

    /** The release of a candidate on a head, without judging it. */
    static CheckpointDecision.Released release(Head head, String candidateId) {
        var candidate = candidate(candidateId, head.version(), head.weightsHash(), 1.0);
        var some = Estimate.of(0.1, 0.2);
        return new CheckpointDecision.Released(
                head.lineage(), head.version() + 1, candidate.weightsHash(), candidate, some, some, some, "because");
    }

    private static ArtifactReference artifact(String name) {
        return new ArtifactReference("store:" + name, name.length(), Sha256.hex(name));
    }
}
