package dev.sealstream.integrationtests;

import dev.sealstream.domain.NewData;
import dev.sealstream.domain.RewardAssigned;
import dev.sealstream.eventstreaming.Topics;
import dev.sealstream.tinyworld.TinyWorldDocument;
import dev.sealstream.tinyworld.TinyWorldDocuments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** A worker killed in the middle of its work costs nothing but time. */
class KilledWorkerIT {
    private static final int DOCUMENTS = 8;
    private static final int GROUP = 4;
    private static final Duration WITHIN = Duration.ofMinutes(3);

    @Test
    void rewardsAreTheSameAndNothingComesTwiceWhenAnUpdateWorkerIsKilled(
            @TempDir Path undisturbed, @TempDir Path disturbed) {
        // Given
        var expected = rewardsOfARun(undisturbed, stack -> {});

        // When
        var found = rewardsOfARun(disturbed, KilledWorkerIT::killAndRestartTheUpdateWorker);

        // Then
        assertThat(found).hasSize(DOCUMENTS * GROUP);
        assertThat(byId(found)).isEqualTo(byId(expected));
    }

    private static List<RewardAssigned> rewardsOfARun(Path state, Consumer<TestStack> disturbance) {
        var settings = Map.of(
                "seal.sampling.group-size",
                Integer.toString(GROUP),
                "seal.inner-loop.repeats",
                "2",
                "seal.evaluator.repeats-max",
                "2");
        try (var stack = TestStack.start(
                state, settings, "self-edit-proposer", "update-worker", "evaluator", "reward-emitter")) {
            List<NewData> documents = TinyWorldDocuments.training(11, DOCUMENTS).stream()
                    .map(TinyWorldDocument::newData)
                    .toList();
            stack.send(Topics.NEW_DATA, documents);
            disturbance.accept(stack);
            stack.readUntil(Topics.REWARDS, WITHIN, rewards -> byId(rewards).size() == DOCUMENTS * GROUP);
            // One more datum behind the others: when its rewards are there, late duplicates would be, too.
            var last = TinyWorldDocuments.training(12, 1).get(0).newData();
            stack.send(Topics.NEW_DATA, List.of(last));
            var all = stack.readUntil(Topics.REWARDS, WITHIN, rewards -> rewards.stream()
                    .anyMatch(reward -> reward.dataId().equals(last.dataId())));
            return all.stream()
                    .filter(reward -> !reward.dataId().equals(last.dataId()))
                    .toList();
        }
    }

    private static void killAndRestartTheUpdateWorker(TestStack stack) {
        // Some groups are trained and others wait, so the worker is in the middle of one.
        stack.readUntil(Topics.UPDATES, WITHIN, updates -> !updates.isEmpty());
        stack.processes().service("update-worker").kill9();
        assertThat(stack.readUntil(Topics.UPDATES, WITHIN, updates -> true)).hasSizeLessThan(DOCUMENTS);
        stack.processes().service("update-worker").start();
    }

    private static Map<String, RewardAssigned> byId(List<RewardAssigned> rewards) {
        return rewards.stream()
                .collect(Collectors.toMap(RewardAssigned::selfEditId, Function.identity(), (first, second) -> first));
    }
}
