package dev.sealstream.experiments.continual;

import dev.sealstream.devstack.process.StackException;
import dev.sealstream.domain.NewData;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class ContinualExperimentTest {
    private static final int UNLIMITED = Integer.MAX_VALUE;
    private static final ContinualSettings SETTINGS = new ContinualSettings("gated", 6, 3, 5, 2, 1, Map.of());
    private static final List<Sequence> SEQUENCES = Sequence.ofTinyWorld(SETTINGS);

    @Test
    void matrixIsWhatTheGateSawOfEachDocumentAfterEachRelease() {
        // When
        var findings = run(new FakeLoop(0.1), UNLIMITED);

        // Then
        assertThat(findings.matrix().get(2))
                .satisfiesExactly(
                        share -> assertThat(share).isCloseTo(0.6, within(1e-9)),
                        share -> assertThat(share).isCloseTo(0.7, within(1e-9)),
                        share -> assertThat(share).isCloseTo(0.8, within(1e-9)));
        assertThat(findings.last().mean()).isCloseTo(0.7, within(1e-9));
        assertThat(findings.afterEach().mean()).isCloseTo(0.8, within(1e-9));
        assertThat(findings.retained()).isCloseTo(0.875, within(1e-9));
        assertThat(findings.backwardTransfer().mean()).isCloseTo(-0.15, within(1e-9));
        assertThat(findings.single().mean()).isCloseTo(0.8, within(1e-9));
        assertThat(findings.aboveUntouched().mean()).isCloseTo(0.6, within(1e-9));
        assertThat(findings.benchmarkDrop()).isCloseTo(0.03, within(1e-9));
        assertThat(findings.released()).isEqualTo(18);
    }

    @Test
    void documentIsSentOnceTheOneBeforeItWasDecided() {
        // Given
        var loop = new FakeLoop(0);

        // When
        run(loop, UNLIMITED);

        // Then
        for (Sequence sequence : SEQUENCES) {
            var expected = new ArrayList<>(sequence.gate());
            expected.addAll(sequence.documents());
            assertThat(loop.sent())
                    .containsSubsequence(expected.stream().map(NewData::dataId).toList());
        }
        assertThat(loop.sent()).doesNotHaveDuplicates();
    }

    @Test
    void rejectedDocumentLeavesTheHeadAndWhatItKnowsAsItWas() {
        // Given
        var loop = new FakeLoop(0.1);
        String second = SEQUENCES.get(0).documents().get(1).dataId();
        loop.rejected.add(second);

        // When
        var findings = run(loop, UNLIMITED);

        // Then
        var first = findings.sequences().get(0);
        assertThat(first.accuracy().get(1)).containsExactly(0.8, 0.1);
        assertThat(first.accuracy().get(2))
                .satisfiesExactly(
                        share -> assertThat(share).isCloseTo(0.7, within(1e-9)),
                        share -> assertThat(share).isEqualTo(0.1),
                        share -> assertThat(share).isEqualTo(0.8));
        assertThat(first.released()).isEqualTo(2);
        assertThat(first.rejections()).containsExactly("document 2: forgets too much");
    }

    @Test
    void killedRunGoesOnWhereItStopped() {
        // Given
        var undisturbed = run(new FakeLoop(0.1), UNLIMITED);
        var loop = new FakeLoop(0.1);
        assertThatThrownBy(() -> run(loop, 5)).hasMessage("killed");

        // When
        var resumed = run(loop, UNLIMITED);

        // Then
        assertThat(resumed).isEqualTo(undisturbed);
        assertThat(loop.sent()).doesNotHaveDuplicates();
    }

    @Test
    void candidateThatWaitsForAPersonEndsTheRunWithTheRemedy() {
        // Given
        var loop = new FakeLoop(0);
        loop.held.add(SEQUENCES.get(0).documents().get(0).dataId());

        // When, Then
        assertThatThrownBy(() -> run(loop, UNLIMITED))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("seal.checkpoint-gate.approval=NEVER");
    }

    @Test
    void plainMergingStandsBesideTheMethod() {
        // Given
        var method = run(new FakeLoop(0), UNLIMITED);
        var plain = run(new FakeLoop(0.1), UNLIMITED);

        // When
        var findings = ContinualFindings.of(List.of(method, plain));

        // Then
        assertThat(findings.difference().mean()).isCloseTo(0.1, within(1e-9));
        assertThat(SETTINGS.methods()).containsExactly("gated", "none");
    }

    @Test
    void unknownMethodIsRefusedWithThoseThereAre() {
        assertThatThrownBy(() -> new ContinualSettings("replay,magic", 2, 2, 5, 2, 1, Map.of()))
                .hasMessageContaining("'magic'")
                .hasMessageContaining("orthogonal");
    }

    private static MethodFindings run(FakeLoop loop, int callsMax) {
        return new ContinualExperiment(SETTINGS, SEQUENCES, loop.link(callsMax), () -> {}, () -> 0)
                .run("gated", (decided, all) -> {});
    }
}
