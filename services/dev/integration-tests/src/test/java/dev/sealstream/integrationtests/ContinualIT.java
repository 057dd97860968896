package dev.sealstream.integrationtests;

import dev.sealstream.devstack.events.KafkaEventLink;
import dev.sealstream.devstack.events.StackConnection;
import dev.sealstream.experiments.continual.ContinualExperiment;
import dev.sealstream.experiments.continual.ContinualSettings;
import dev.sealstream.experiments.continual.MethodFindings;
import dev.sealstream.experiments.continual.Sequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Documents learnt one after the other through the real topics, each in the lineage of its sequence. */
class ContinualIT {

    @Test
    void gatedLessonsStayAsTheyWereLearntAndTheBenchmarkDoesNotMove(@TempDir Path state) {
        // Given
        var settings = new ContinualSettings("gated", 2, 3, 3, 2, 5, Map.of());
        var services = Map.of(
                "seal.sampling.group-size", "3",
                "seal.inner-loop.repeats", "1",
                "seal.inner-loop.forgetting", "gated",
                "seal.evaluator.repeats-max", "1",
                "seal.checkpoint-gate.approval", "NEVER");

        // When
        MethodFindings findings;
        try (var stack = TestStack.start(
                        state,
                        services,
                        "self-edit-proposer",
                        "update-worker",
                        "evaluator",
                        "reward-emitter",
                        "checkpoint-gate");
                var link = KafkaEventLink.replaying(
                        StackConnection.open(stack.processes().addresses()),
                        ContinualExperiment.TOPICS,
                        ContinualExperiment.REFUSALS)) {
            findings = new ContinualExperiment(
                            settings,
                            Sequence.ofTinyWorld(settings),
                            link,
                            stack.processes()::checkAlive,
                            System::nanoTime)
                    .run("gated", (decided, all) -> {});
        }

        // Then
        assertThat(findings.released()).isPositive();
        assertThat(findings.benchmarkDrop()).isZero();
        assertThat(findings.backwardTransfer().mean()).isZero();
        assertThat(findings.aboveUntouched().mean()).isPositive();
    }
}
