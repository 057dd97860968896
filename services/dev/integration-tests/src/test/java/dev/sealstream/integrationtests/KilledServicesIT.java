package dev.sealstream.integrationtests;

import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.RewardAssigned;
import dev.sealstream.eventstreaming.Topic;
import dev.sealstream.eventstreaming.Topics;
import dev.sealstream.tinyworld.TinyWorldDocument;
import dev.sealstream.tinyworld.TinyWorldDocuments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every service in turn is killed and later told to stop while a round runs: rewards and the decision at its end are those of a
 * run that nobody disturbed, to the bit, each once.
 */
class KilledServicesIT {
    /** Half of a round is sent before the services are killed, half before they are stopped. */
    private static final int HALF = 12;

    private static final int GROUP = 4;
    private static final Duration WITHIN = Duration.ofMinutes(4);

    /** In the order of the loop: while one is away, work piles up before it, so that the next is in the middle of some. */
    private static final List<String> SERVICES = List.of(
            "self-edit-proposer",
            "update-worker",
            "evaluator",
            "reward-emitter",
            "policy-trainer",
            "checkpoint-gate",
            "console");

    private static final Map<String, Topic<?>> OUTPUTS = Map.of(
            "self-edit-proposer", Topics.SELF_EDITS,
            "update-worker", Topics.UPDATES,
            "evaluator", Topics.OUTCOMES,
            "reward-emitter", Topics.REWARDS);

    @Test
    void roundIsTheSameWhicheverServiceIsKilledOrStoppedInIt(@TempDir Path undisturbed, @TempDir Path disturbed) {
        // Given
        var expected = run(undisturbed, stack -> {}, stack -> {});

        // When
        var found = run(disturbed, KilledServicesIT::killEach, KilledServicesIT::stopEach);

        // Then
        assertThat(found.rewards()).hasSize(2 * HALF * GROUP);
        assertThat(byId(found.rewards())).isEqualTo(byId(expected.rewards()));
        assertThat(found.decisions()).hasSize(1).isEqualTo(expected.decisions());
    }

    /** All that a run wrote. */
    private record Run(List<RewardAssigned> rewards, List<CheckpointDecision> decisions) {}

    private static Run run(Path state, Consumer<TestStack> first, Consumer<TestStack> second) {
        var settings = Map.of(
                "seal.sampling.group-size", Integer.toString(GROUP),
                "seal.inner-loop.repeats", "1",
                "seal.evaluator.repeats-max", "1",
                "seal.policy-trainer.round-size", Integer.toString(2 * HALF),
                // The head stays where it is, so that the last document is written by the same version in both runs.
                "seal.checkpoint-gate.gain-standard-errors", "1000",
                "seal.checkpoint-gate.approval", "NEVER");
        try (var stack = TestStack.start(state, settings, SERVICES.toArray(String[]::new))) {
            var documents = TinyWorldDocuments.training(61, 2 * HALF).stream()
                    .map(TinyWorldDocument::newData)
                    .toList();
            stack.send(
                    Topics.NEW_DATA,
                    TinyWorldDocuments.benchmark(61, 4).stream()
                            .map(TinyWorldDocument::newData)
                            .toList());
            stack.send(Topics.NEW_DATA, documents.subList(0, HALF));
            first.accept(stack);
            stack.send(Topics.NEW_DATA, documents.subList(HALF, 2 * HALF));
            second.accept(stack);
            stack.readUntil(Topics.CHECKPOINTS, WITHIN, decisions -> !decisions.isEmpty());
            return new Run(
                    withoutLast(stack, documents), stack.readUntil(Topics.CHECKPOINTS, WITHIN, decisions -> true));
        }
    }

    /** One more datum behind the others: when its rewards are there, late duplicates would be, too. */
    private static List<RewardAssigned> withoutLast(TestStack stack, List<NewData> documents) {
        var last = TinyWorldDocuments.training(62, 1).get(0).newData();
        stack.send(Topics.NEW_DATA, List.of(last));
        var ids = documents.stream().map(NewData::dataId).toList();
        return stack
                .readUntil(Topics.REWARDS, WITHIN, rewards -> rewards.stream()
                        .anyMatch(reward -> reward.dataId().equals(last.dataId())))
                .stream()
                .filter(reward -> ids.contains(reward.dataId()))
                .toList();
    }

    private static void killEach(TestStack stack) {
        for (String service : SERVICES) {
            awaitWork(stack, service, 0);
            stack.processes().service(service).kill9();
            stack.processes().service(service).start();
        }
    }

    private static void stopEach(TestStack stack) {
        for (String service : SERVICES) {
            awaitWork(stack, service, HALF);
            stack.processes().service(service).stop();
            assertThat(log(stack, service)).as("log of " + service).contains(service + " stopped in");
            stack.processes().service(service).start();
        }
    }

    /** Until the service has written something of this half. */
    private static void awaitWork(TestStack stack, String service, int documentsBefore) {
        var output = OUTPUTS.get(service);
        if (output != null) {
            int perDocument = output == Topics.OUTCOMES || output == Topics.REWARDS ? GROUP : 1;
            stack.readUntil(output, WITHIN, events -> events.size() > documentsBefore * perDocument);
        }
    }

    private static String log(TestStack stack, String service) {
        try {
            return Files.readString(stack.processes().service(service).log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, RewardAssigned> byId(List<RewardAssigned> rewards) {
        return rewards.stream()
                .collect(Collectors.toMap(RewardAssigned::selfEditId, Function.identity(), (one, other) -> one));
    }
}
