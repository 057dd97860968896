package dev.sealstream.integrationtests;

import dev.sealstream.domain.AdapterReference;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.CheckpointDecision.Rejected;
import dev.sealstream.domain.CheckpointDecision.Released;
import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.RewardAssigned;
import dev.sealstream.domain.RollbackOrdered;
import dev.sealstream.eventstreaming.DirectoryArtifactStore;
import dev.sealstream.eventstreaming.Topics;
import dev.sealstream.languagemodel.LoraAdapter;
import dev.sealstream.languagemodel.LoraFactors;
import dev.sealstream.languagemodel.PeftFormat;
import dev.sealstream.tinyworld.TinyWorldDocument;
import dev.sealstream.tinyworld.TinyWorldDocuments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Documents are learnt for good: each becomes a version on the head of its moment, poison sent as a candidate never does, and
 * the head goes back and forward on order with every service following.
 */
class MergeQueueIT {
    private static final Duration WAIT = Duration.ofMinutes(4);
    private static final List<TinyWorldDocument> DOCUMENTS = TinyWorldDocuments.training(21, 3);

    private TestStack stack;
    private DirectoryArtifactStore artifacts;

    @Test
    void documentsBecomeVersionsPoisonDoesNotAndTheHeadMovesOnOrder(@TempDir Path state) {
        var settings = Map.of(
                "seal.sampling.group-size", "3",
                "seal.inner-loop.repeats", "1",
                "seal.evaluator.repeats-max", "1",
                // Few held-out documents measure coarsely; how well a lesson sticks is what decides here.
                "seal.checkpoint-gate.tolerance", "0.5",
                "seal.checkpoint-gate.forgetting", "0.5",
                "seal.checkpoint-gate.retention", "0",
                "seal.checkpoint-gate.approval", "NEVER");
        try (var started = TestStack.start(
                state,
                settings,
                "self-edit-proposer",
                "update-worker",
                "evaluator",
                "reward-emitter",
                "checkpoint-gate")) {
            stack = started;
            artifacts = new DirectoryArtifactStore(state.resolve("artifacts"));
            // Given
            stack.send(
                    Topics.NEW_DATA,
                    TinyWorldDocuments.benchmark(21, 4).stream()
                            .map(TinyWorldDocument::newData)
                            .toList());

            // When: two documents at the same time, so that the second meets a head that has moved
            stack.send(Topics.NEW_DATA, List.of(adapt(DOCUMENTS.get(0)), adapt(DOCUMENTS.get(1))));
            var decided = decisions(2);

            // Then
            assertThat(decided).allSatisfy(decision -> assertThat(decision).isInstanceOf(Released.class));
            var one = (Released) decided.get(0);
            var two = (Released) decided.get(1);
            assertThat(two.parentVersion()).isEqualTo(one.version());
            assertThat(two.parentWeightsHash()).isEqualTo(one.weightsHash());
            assertThat(two.evidence().knowledge()).anySatisfy(change -> {
                assertThat(change.earlier()).isTrue();
                assertThat(change.dataId()).isEqualTo(one.candidate().lesson().dataId());
            });

            // When
            sendPoison(one, two);

            // Then
            assertThat(decisions(5).subList(2, 5))
                    .allSatisfy(decision -> assertThat(decision).isInstanceOf(Rejected.class));

            // When
            stack.processes().service("checkpoint-gate").kill9();
            stack.processes().service("checkpoint-gate").start();
            String base = one.parentWeightsHash();
            order(0);
            assertThat(weightsThatServe("after-back", 6)).isEqualTo(base);
            order(2);

            // Then
            assertThat(weightsThatServe("after-forward", 7)).isEqualTo(two.weightsHash());
        }
    }

    /** The true second lesson out of all proportion, not finite, and swapped for what the first one taught. */
    private void sendPoison(Released one, Released two) {
        var delta = two.candidate().delta();
        stack.send(
                Topics.CANDIDATES,
                List.of(
                        poison("scaled", two, scaled(delta, 50)),
                        poison("not-finite", two, scaled(delta, Float.NaN)),
                        poison("wrong-facts", two, one.candidate().delta())));
    }

    /** Says of itself that it is small, was rewarded well and teaches the second document. */
    private static CandidateProposed poison(String id, Released head, AdapterReference delta) {
        return new CandidateProposed(
                id,
                NewData.MAIN_LINEAGE,
                CandidateProposed.Kind.KNOWLEDGE,
                head.version(),
                head.weightsHash(),
                delta,
                List.of(),
                1.0,
                0.1,
                0.1,
                null,
                head.candidate().lesson());
    }

    private AdapterReference scaled(AdapterReference reference, float factor) {
        var adapter = PeftFormat.read(artifacts.get(reference.configuration()), artifacts.get(reference.weights()));
        var modules = new LinkedHashMap<String, LoraFactors>();
        adapter.modules().forEach((path, factors) -> {
            float[] b = factors.b().clone();
            for (int i = 0; i < b.length; i++) {
                b[i] *= factor;
            }
            modules.put(
                    path, new LoraFactors(factors.rank(), factors.inFeatures(), factors.outFeatures(), factors.a(), b));
        });
        var scaled = new LoraAdapter(adapter.settings(), modules);
        return new AdapterReference(
                artifacts.put(PeftFormat.configJson(scaled, "tiny")), artifacts.put(PeftFormat.safetensors(scaled)));
    }

    private void order(long version) {
        stack.send(Topics.APPROVALS, List.of(new RollbackOrdered(NewData.MAIN_LINEAGE, version, "Ada", "a test")));
    }

    /** The weights that write a new document's self-edits once the gate has decided so often. */
    private String weightsThatServe(String dataId, int decisions) {
        decisions(decisions);
        var document = DOCUMENTS.get(2).newData().withDataId(dataId);
        stack.send(Topics.NEW_DATA, List.of(withMode(document, DataMode.MEASURE)));
        return stack
                .readUntil(Topics.REWARDS, WAIT, rewards -> rewards.stream()
                        .anyMatch(reward -> reward.dataId().equals(dataId)))
                .stream()
                .filter(reward -> reward.dataId().equals(dataId))
                .map(RewardAssigned::weightsHash)
                .findFirst()
                .orElseThrow();
    }

    private List<CheckpointDecision> decisions(int count) {
        return stack.readUntil(Topics.CHECKPOINTS, WAIT, decisions -> decisions.size() >= count);
    }

    private static NewData adapt(TinyWorldDocument document) {
        return withMode(document.newData(), DataMode.ADAPT);
    }

    private static NewData withMode(NewData datum, DataMode mode) {
        return new NewData(
                datum.dataId(),
                mode,
                datum.promptStyle(),
                datum.lineage(),
                datum.title(),
                datum.context(),
                datum.questions(),
                datum.source());
    }
}
