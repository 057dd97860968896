package dev.sealstream.integrationtests;

import dev.sealstream.events.CheckpointDecided;
import dev.sealstream.events.CheckpointReleased;
import dev.sealstream.events.DataMode;
import dev.sealstream.events.Ending;
import dev.sealstream.events.NewData;
import dev.sealstream.events.PromptStyle;
import dev.sealstream.events.Question;
import dev.sealstream.events.RewardAssigned;
import dev.sealstream.tinyworld.TinyWorldDocument;
import dev.sealstream.tinyworld.TinyWorldDocuments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The one test we never lose: the loop closes. Documents go in, rewards and a release come out, for a client that knows nothing of us but the schemas. */
class LoopIT {
    private static final int DOCUMENTS = 12;
    private static final int GROUP = 5;
    private static final String[] SERVICES = {
        "self-edit-proposer", "update-worker", "evaluator", "reward-emitter", "policy-trainer", "checkpoint-gate"
    };

    @Test
    void plainClientSendsDocumentsAndReadsRewardsAndARelease(@TempDir Path state) {
        var settings = Map.of(
                "seal.sampling.group-size", Integer.toString(GROUP),
                "seal.inner-loop.repeats", "1",
                "seal.evaluator.repeats-max", "1",
                "seal.policy-trainer.round-size", Integer.toString(DOCUMENTS),
                // Few documents measure coarsely: this loop shows that a release comes out, not how good it is.
                "seal.checkpoint-gate.gain-standard-errors", "0",
                "seal.checkpoint-gate.tolerance", "0.5");
        try (var stack = TestStack.start(state, settings, SERVICES)) {
            // Given
            var client = stack.plainClient();
            var documents = Stream.concat(
                            TinyWorldDocuments.benchmark(7, DOCUMENTS).stream(),
                            TinyWorldDocuments.training(7, DOCUMENTS).stream())
                    .collect(Collectors.toMap(TinyWorldDocument::id, LoopIT::avro, (a, b) -> a, LinkedHashMap::new));

            // When
            client.send("seal.new-data", documents);

            // Then
            var rewards = client.readUntil(
                    "seal.rewards",
                    RewardAssigned.class,
                    Duration.ofMinutes(5),
                    all -> all.size() >= DOCUMENTS * GROUP);
            assertThat(rewards).hasSize(DOCUMENTS * GROUP);
            assertThat(rewards)
                    .allSatisfy(reward -> assertThat(reward.getEnding()).isEqualTo(Ending.SCORED));
            assertThat(rewards).extracting(RewardAssigned::getSelfEditId).doesNotHaveDuplicates();
            assertThat(rewards.stream().filter(RewardAssigned::getSelected)).hasSize(DOCUMENTS);
            var decisions = client.readUntil(
                    "seal.checkpoints", CheckpointDecided.class, Duration.ofMinutes(5), all -> !all.isEmpty());
            assertThat(decisions.get(0).getDecision()).isInstanceOfSatisfying(CheckpointReleased.class, released -> {
                assertThat(released.getVersion()).isEqualTo(1);
                assertThat(released.getCandidate().getRolloutGroupIds()).hasSize(DOCUMENTS);
                assertThat(released.getEvidence().getGain().getCount()).isEqualTo(DOCUMENTS);
            });
            assertMonitored(stack);
        }
    }

    /** Dashboards, alerts and probes of the deployments ask for what running services answer. */
    private static void assertMonitored(TestStack stack) {
        var services = Stream.of(SERVICES).map(stack.processes()::service).toList();
        var exported = Exported.by(services);
        assertThat(exported.names()).containsAll(Exported.askedFor());
        assertThat(exported.sum("seal_reward_count")).isEqualTo(DOCUMENTS * GROUP);
        assertThat(exported.sum("seal_reward_spread_count")).isEqualTo(DOCUMENTS);
        assertThat(exported.sum("seal_checkpoints_released_total")).isEqualTo(1);
        assertThat(exported.sum("seal_candidate_divergence_nats_count")).isEqualTo(1);
        assertThat(exported.sum("seal_tokens_total")).isPositive();
        assertThat(exported.sum("seal_dead_letters_total")).isZero();
        assertThat(services).allSatisfy(service -> assertThat(Stream.of("started", "ready", "live")
                        .map(probe -> Exported.status(service, "/q/health/" + probe)))
                .containsOnly(200));
    }

    private static NewData avro(TinyWorldDocument document) {
        List<Question> questions = document.questions().stream()
                .map(question -> new Question(question.question(), question.answer(), null, null))
                .toList();
        return NewData.newBuilder()
                .setDataId(document.id())
                .setMode(DataMode.valueOf(document.mode().name()))
                .setPromptStyle(PromptStyle.IMPLICATIONS)
                .setTitle(document.title())
                .setContext(document.context())
                .setQuestions(questions)
                .build();
    }
}
