package dev.sealstream.checkpointgate;

import dev.sealstream.domain.AdapterReference;
import dev.sealstream.domain.ArchiveSearch;
import dev.sealstream.domain.ArtifactReference;
import dev.sealstream.domain.BenchmarkMeasured;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.CollapseGuard;
import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.DeltaSize;
import dev.sealstream.domain.DocumentScore;
import dev.sealstream.domain.KnowledgeScore;
import dev.sealstream.domain.Lesson;
import dev.sealstream.domain.Measurement;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.PromptStyle;
import dev.sealstream.domain.Question;
import dev.sealstream.domain.ReleaseRule;
import dev.sealstream.domain.Sha256;
import dev.sealstream.domain.WeightGuard;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Measured candidates for the tests of this package. */
final class Measured {
    static final String BASE_HASH = Sha256.hex("base");

    private Measured() {}

    /** Rules with guards that none of these candidates meets unless it is meant to; a lesson is learnt again once. */
    static GateRules rules(ApprovalPolicy approval, Optional<ArchiveSearch> search) {
        return new GateRules(
                new ReleaseRule(0.05, 1.0, 0.1, 0.05, 0.9),
                new WeightGuard(10, 6, 8, 2),
                new CollapseGuard(3, 0.05, 0.5),
                approval,
                1,
                search);
    }

    static CandidateProposed candidate(String id, String lineage, long parentVersion, String parentHash) {
        return new CandidateProposed(
                id,
                lineage,
                CandidateProposed.Kind.POLICY,
                parentVersion,
                parentHash,
                new AdapterReference(artifact(id + ".json"), artifact(id + ".safetensors")),
                List.of("a@0", "b@0"),
                0.5,
                1.0,
                0.1,
                0.5,
                null);
    }

    /** Teaches datum {@code dataId}, trained on the base weights of lineage main. */
    static CandidateProposed lesson(String id, String dataId) {
        return new CandidateProposed(
                id,
                "main",
                CandidateProposed.Kind.KNOWLEDGE,
                0,
                BASE_HASH,
                new AdapterReference(artifact(id + ".json"), artifact(id + ".safetensors")),
                List.of(dataId + "@0"),
                0.5,
                1.0,
                0.1,
                null,
                new Lesson(dataId, dataId + "@0#0", "Ada made lamps.", List.of("title\nAda made lamps.")));
    }

    /** On the base weights of lineage main, with a clear gain. */
    static BenchmarkMeasured better(String id) {
        return better(candidate(id, "main", 0, BASE_HASH), 0, BASE_HASH);
    }

    static BenchmarkMeasured better(CandidateProposed candidate, long headVersion, String headHash) {
        return measured(candidate, headVersion, headHash, scores(0.2, 0.3, 0.4, 0.01), scores(0.2, 0.3, 0.6, 0.02));
    }

    static BenchmarkMeasured measured(
            CandidateProposed candidate,
            long headVersion,
            String headHash,
            List<DocumentScore> parent,
            List<DocumentScore> subject) {
        return sized(candidate, headVersion, headHash, parent, subject, 1.0);
    }

    static BenchmarkMeasured sized(
            CandidateProposed candidate,
            long headVersion,
            String headHash,
            List<DocumentScore> parent,
            List<DocumentScore> subject,
            double norm) {
        return new BenchmarkMeasured(
                candidate,
                headVersion,
                headVersion,
                null,
                new Measurement(headHash, parent),
                new Measurement(candidate.weightsHashOn(headHash), subject),
                new DeltaSize(norm, norm / 10, Map.of("q_proj", norm)),
                0.01,
                List.of(),
                null);
    }

    /** A lesson measured on a head: accuracy on its own datum before and after, all else as it was. */
    static BenchmarkMeasured taught(
            CandidateProposed lesson, long headVersion, String headHash, double before, double after) {
        var same = scores(0.2, 0.3, 0.4, 0.01);
        String dataId = lesson.lesson().dataId();
        return new BenchmarkMeasured(
                lesson,
                headVersion,
                headVersion,
                datum(dataId),
                new Measurement(headHash, same, List.of(new KnowledgeScore(dataId, before))),
                new Measurement(lesson.weightsHashOn(headHash), same, List.of(new KnowledgeScore(dataId, after))),
                new DeltaSize(1.0, 0.1, Map.of("q_proj", 1.0)),
                0.01,
                List.of(),
                null);
    }

    private static NewData datum(String dataId) {
        return new NewData(
                dataId,
                DataMode.ADAPT,
                PromptStyle.IMPLICATIONS,
                "main",
                "Ada",
                "Ada made lamps.",
                List.of(new Question("What did Ada make?", "lamps")),
                "");
    }

    /** Four documents; {@code spread} sets the self-edits' scores apart, so that a gain has a standard error. */
    static List<DocumentScore> scores(double nothing, double passageOnly, double selfEdits, double spread) {
        return IntStream.range(0, 4)
                .mapToObj(i ->
                        new DocumentScore("d" + i, nothing, passageOnly, selfEdits + (i % 2 == 0 ? spread : -spread)))
                .toList();
    }

    private static ArtifactReference artifact(String name) {
        return new ArtifactReference("store:" + name, name.length(), Sha256.hex(name));
    }
}
