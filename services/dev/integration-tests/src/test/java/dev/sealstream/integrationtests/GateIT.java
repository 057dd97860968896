package dev.sealstream.integrationtests;

import dev.sealstream.devstack.ServiceSettings;
import dev.sealstream.domain.AdapterReference;
import dev.sealstream.domain.ApprovalGiven;
import dev.sealstream.domain.ArtifactReference;
import dev.sealstream.domain.BenchmarkMeasured;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.CheckpointDecision.Held;
import dev.sealstream.domain.CheckpointDecision.Released;
import dev.sealstream.domain.DeltaSize;
import dev.sealstream.domain.DocumentScore;
import dev.sealstream.domain.Measurement;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.Sha256;
import dev.sealstream.eventstreaming.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Gates that run twice or die: no two children of one number, and nothing that waits is lost. */
class GateIT {
    private static final Duration WAIT = Duration.ofMinutes(2);
    private static final String BASE = Sha256.hex("base");
    private static final int CANDIDATES = 12;

    @Test
    void twoGatesStartedByMistakeNeverReleaseTwoChildrenAsTheSameVersion(@TempDir Path state) {
        var gate = ServiceSettings.named("checkpoint-gate");
        try (var stack = TestStack.start(state, Map.of(), List.of(gate, gate.as("second-gate")))) {
            // Given: every candidate measured on the base, and again on each head that follows
            var candidates = IntStream.range(0, CANDIDATES)
                    .mapToObj(i -> candidate("c" + i))
                    .toList();
            stack.send(
                    Topics.BENCHMARKS,
                    candidates.stream().map(each -> better(each, 0, BASE)).toList());
            var first = released(stack, 1).get(0);

            // When: one of the two dies in the middle of the work
            stack.processes().service("checkpoint-gate").kill9();
            stack.send(
                    Topics.BENCHMARKS,
                    candidates.stream()
                            .map(each -> better(each, 1, first.weightsHash()))
                            .toList());

            // Then
            var second = released(stack, 2).get(1);
            stack.processes().service("checkpoint-gate").start();
            stack.send(
                    Topics.BENCHMARKS,
                    candidates.stream()
                            .map(each -> better(each, 2, second.weightsHash()))
                            .toList());
            assertThat(released(stack, 3)).extracting(Released::version).containsExactly(1L, 2L, 3L);
            assertThat(stack.readUntil(Topics.CHECKPOINTS, WAIT, all -> all.size() >= 3))
                    .hasSize(3);
        }
    }

    @Test
    void candidateThatWaitsSurvivesARestartAndIsReleasedWhenAPersonAgrees(@TempDir Path state) {
        try (var stack = TestStack.start(state, Map.of("seal.checkpoint-gate.approval", "ALWAYS"), "checkpoint-gate")) {
            // Given
            var candidate = candidate("c");
            stack.send(Topics.BENCHMARKS, List.of(better(candidate, 0, BASE)));
            assertThat(stack.readUntil(Topics.CHECKPOINTS, WAIT, all -> !all.isEmpty()))
                    .singleElement()
                    .isInstanceOf(Held.class);

            // When
            stack.processes().service("checkpoint-gate").kill9();
            stack.processes().service("checkpoint-gate").start();
            stack.send(
                    Topics.APPROVALS,
                    List.of(new ApprovalGiven("c", NewData.MAIN_LINEAGE, "Ada", true, "looked at it")));

            // Then
            assertThat(released(stack, 1).get(0).approval().by()).isEqualTo("Ada");
        }
    }

    private static List<Released> released(TestStack stack, int count) {
        var decisions = stack.readUntil(
                Topics.CHECKPOINTS, WAIT, all -> of(Released.class, all).size() >= count);
        return of(Released.class, decisions);
    }

    private static <D> List<D> of(Class<D> kind, List<CheckpointDecision> decisions) {
        return decisions.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static CandidateProposed candidate(String id) {
        var artifact = new ArtifactReference("artifact:" + Sha256.hex(id), 1, Sha256.hex(id));
        return new CandidateProposed(
                id,
                NewData.MAIN_LINEAGE,
                CandidateProposed.Kind.POLICY,
                0,
                BASE,
                new AdapterReference(artifact, artifact),
                List.of(),
                0.5,
                1.0,
                0.1,
                0.5,
                null);
    }

    private static BenchmarkMeasured better(CandidateProposed candidate, long headVersion, String headHash) {
        return new BenchmarkMeasured(
                candidate,
                headVersion,
                headVersion,
                null,
                new Measurement(headHash, scores(0.4)),
                new Measurement(candidate.weightsHashOn(headHash), scores(0.6)),
                new DeltaSize(1.0, 0.1, Map.of("q_proj", 1.0)),
                0.01,
                List.of(),
                null);
    }

    private static List<DocumentScore> scores(double selfEdits) {
        var scores = new ArrayList<DocumentScore>();
        for (int i = 0; i < 4; i++) {
            scores.add(new DocumentScore("d" + i, 0.2, 0.3, selfEdits + i * selfEdits / 100));
        }
        return scores;
    }
}
