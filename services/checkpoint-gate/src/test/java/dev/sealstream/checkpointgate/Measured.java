package dev.sealstream.checkpointgate;

import dev.sealstream.domain.AdapterReference;
import dev.sealstream.domain.ArtifactReference;
import dev.sealstream.domain.BenchmarkMeasured;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.DocumentScore;
import dev.sealstream.domain.Measurement;
import dev.sealstream.domain.Sha256;

import java.util.List;
import java.util.stream.IntStream;

/** Measured candidates for the tests of this package. */
final class Measured {
    static final String BASE_HASH = Sha256.hex("base");

    private Measured() {}

    static CandidateProposed candidate(
            String id, String lineage, long parentVersion, String parentHash, double frobeniusNorm) {
        return new CandidateProposed(
                id,
                lineage,
                CandidateProposed.Kind.POLICY,
                parentVersion,
                parentHash,
                new AdapterReference(artifact(id + ".json"), artifact(id + ".safetensors")),
                List.of("a@0", "b@0"),
                0.5,
                frobeniusNorm,
                0.1);
    }

    /** On base weights of lineage main, with a clear gain. */
    static BenchmarkMeasured better(String id) {
        return better(candidate(id, "main", 0, BASE_HASH, 1.0));
    }

    static BenchmarkMeasured better(CandidateProposed candidate) {
        return measured(candidate, scores(0.2, 0.3, 0.4, 0.01), scores(0.2, 0.3, 0.6, 0.02));
    }

    static BenchmarkMeasured measured(
            CandidateProposed candidate, List<DocumentScore> parent, List<DocumentScore> subject) {
        return new BenchmarkMeasured(
                candidate,
                new Measurement(candidate.parentWeightsHash(), parent),
                new Measurement(candidate.weightsHash(), subject),
                null);
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
