package dev.sealstream.integrationtests;

import dev.sealstream.domain.BenchmarkMeasured;
import dev.sealstream.domain.CheckpointDecision.Released;
import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.Question;
import dev.sealstream.domain.RewardAssigned;
import dev.sealstream.domain.SelfEditsProposed;
import dev.sealstream.eventstreaming.Topics;
import dev.sealstream.tinyworld.TinyWorldDocument;
import dev.sealstream.tinyworld.TinyWorldDocuments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** A document that nobody asked anything about is learnt for good, and every event says whose questions it was measured by. */
class LabelFreeIT {
    private static final Duration WAIT = Duration.ofMinutes(4);

    @Test
    void documentWithoutQuestionsIsLearntAndTheLogSaysWhoseQuestionsItWasMeasuredBy(@TempDir Path state) {
        var settings = Map.of(
                "seal.sampling.group-size", "3",
                "seal.inner-loop.repeats", "1",
                "seal.evaluator.repeats-max", "1",
                // Few held-out documents measure coarsely; whether the lesson sticks is what decides here.
                "seal.checkpoint-gate.tolerance", "0.5",
                "seal.checkpoint-gate.approval", "NEVER");
        try (var stack = TestStack.start(
                state,
                settings,
                "self-edit-proposer",
                "update-worker",
                "evaluator",
                "reward-emitter",
                "checkpoint-gate")) {
            // Given
            stack.send(
                    Topics.NEW_DATA,
                    TinyWorldDocuments.benchmark(22, 3).stream()
                            .map(TinyWorldDocument::newData)
                            .toList());
            var bare = withoutQuestions(TinyWorldDocuments.training(22, 1).get(0));

            // When
            stack.send(Topics.NEW_DATA, List.of(bare));
            var decided = first(stack.readUntil(Topics.CHECKPOINTS, WAIT, all -> !all.isEmpty()));

            // Then
            SelfEditsProposed group = first(stack.readUntil(Topics.SELF_EDITS, WAIT, all -> !all.isEmpty()));
            assertThat(group.datum().questions()).isNotEmpty().allMatch(Question::labelFree);
            var rewards = stack.readUntil(Topics.REWARDS, WAIT, all -> all.size() == 3);
            assertThat(rewards).allMatch(RewardAssigned::labelFree);
            BenchmarkMeasured measured = first(stack.readUntil(Topics.BENCHMARKS, WAIT, all -> !all.isEmpty()));
            assertThat(measured.datum()).isEqualTo(group.datum());
            assertThat(decided).isInstanceOf(Released.class);
            assertThat(((Released) decided).evidence().knowledge())
                    .singleElement()
                    .satisfies(change -> {
                        assertThat(change.dataId()).isEqualTo(bare.dataId());
                        assertThat(change.labelFree()).isTrue();
                    });
        }
    }

    private static NewData withoutQuestions(TinyWorldDocument document) {
        return new NewData(
                document.id(),
                DataMode.ADAPT,
                document.newData().promptStyle(),
                NewData.MAIN_LINEAGE,
                document.title(),
                document.context(),
                List.of(),
                "");
    }

    private static <E> E first(List<E> events) {
        return events.get(0);
    }
}
