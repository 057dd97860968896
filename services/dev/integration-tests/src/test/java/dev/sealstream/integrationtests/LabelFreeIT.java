package dev.sealstream.integrationtests;

import dev.sealstream.domain.BenchmarkMeasured;
import dev.sealstream.domain.CheckpointDecision.Rejected;
import dev.sealstream.domain.CheckpointDecision.Released;
import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.Ids;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.Question;
import dev.sealstream.domain.RewardAssigned;
import dev.sealstream.domain.SelfEdit;
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

/**
 * A document that nobody asked anything about is learnt for good, every event says whose questions it was measured by, and
 * nobody brings others.
 */
class LabelFreeIT {
    private static final Duration WAIT = Duration.ofMinutes(4);

    @Test
    void documentWithoutQuestionsIsLearntOnTheBaseModelsQuestionsAndOnNoOthers(@TempDir Path state) {
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
            var decided = stack.readUntil(Topics.CHECKPOINTS, WAIT, all -> !all.isEmpty())
                    .get(0);

            // Then
            var group = stack.readUntil(Topics.SELF_EDITS, WAIT, all -> !all.isEmpty())
                    .get(0);
            assertThat(group.datum().questions()).isNotEmpty().allMatch(Question::labelFree);
            var rewards = stack.readUntil(Topics.REWARDS, WAIT, all -> all.size() == 3);
            assertThat(rewards).allMatch(RewardAssigned::labelFree);
            assertThat(measured(stack, 1).datum()).isEqualTo(group.datum());
            assertThat(decided).isInstanceOf(Released.class);
            assertThat(((Released) decided).evidence().knowledge())
                    .singleElement()
                    .satisfies(change -> {
                        assertThat(change.dataId()).isEqualTo(bare.dataId());
                        assertThat(change.labelFree()).isTrue();
                    });

            // When: a client writes self-edits for the same document, with questions of its own that pass for people's
            stack.send(Topics.SELF_EDITS, List.of(withOtherQuestions(bare, (Released) decided)));
            var next = stack.readUntil(Topics.CHECKPOINTS, WAIT, all -> all.size() > 1)
                    .get(1);

            // Then
            assertThat(measured(stack, 2).datum()).isEqualTo(group.datum());
            assertThat(next).isInstanceOf(Rejected.class);
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

    private static BenchmarkMeasured measured(TestStack stack, int count) {
        return stack.readUntil(Topics.BENCHMARKS, WAIT, all -> all.size() >= count)
                .get(count - 1);
    }

    /** Teaches an answer that the document does not give, and asks for that. */
    private static SelfEditsProposed withOtherQuestions(NewData bare, Released head) {
        String group = Ids.writtenGroup(bare.dataId(), head.version(), "easy");
        var question = new Question("What does " + bare.title() + " produce?", "nothing");
        String taught = bare.title() + "\nQuestion: " + question.question() + " Answer: " + question.answer();
        return new SelfEditsProposed(
                group,
                bare.withQuestions(List.of(question)),
                head.version(),
                head.weightsHash(),
                bare.prompt(),
                List.of(new SelfEdit(
                        Ids.selfEdit(group, 0), 0, taught, List.of(taught), null, new int[0], new float[0])));
    }
}
