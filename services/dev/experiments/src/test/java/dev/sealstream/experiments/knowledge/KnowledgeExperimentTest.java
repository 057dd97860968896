package dev.sealstream.experiments.knowledge;

import dev.sealstream.devstack.events.EventLink;
import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.PromptStyle;
import dev.sealstream.domain.RolloutEnded;
import dev.sealstream.domain.SelfEditsProposed;
import dev.sealstream.domain.UpdateKind;
import dev.sealstream.eventstreaming.Topic;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class KnowledgeExperimentTest {
    private static final KnowledgeSettings SETTINGS =
            new KnowledgeSettings(2, 3, 4, 3, 6, 2, 4, 1, PromptStyle.IMPLICATIONS, Map.of());

    private final ExperimentDocuments documents = TinyWorldSource.documents(SETTINGS);
    private final FakeLoop loop = new FakeLoop(SETTINGS.passages());
    private long nanos;

    @Test
    void everyArmIsMeasuredAndComparedDocumentByDocument() {
        // When
        var findings = run(loop.link(Integer.MAX_VALUE));

        // Then
        assertThat(findings.arms())
                .extracting(KnowledgeFindings.Arm::name)
                .containsExactly(
                        "nothing",
                        "passage only",
                        "base policy's edits",
                        "after round 1",
                        "after round 2",
                        "best of 4 by true reward",
                        "ideal edit");
        assertThat(findings.arms())
                .allMatch(arm -> arm.accuracy().n() == 6 && arm.note().isEmpty());
        assertThat(findings.differences())
                .extracting(KnowledgeFindings.Difference::name)
                .containsExactly(
                        "passage only − nothing",
                        "base policy's edits − passage only",
                        "after round 1 − base policy's edits",
                        "after round 2 − base policy's edits",
                        "after round 2 − after round 1",
                        "best of 4 by true reward − base policy's edits",
                        "ideal edit − base policy's edits");
        assertThat(findings.weightsHashes()).containsOnlyKeys(0L, 1L, 2L).containsEntry(0L, FakeLoop.BASE);
        assertThat(findings.rounds())
                .extracting(KnowledgeFindings.Round::version)
                .containsExactly(1L, 2L);
        assertThat(findings.reliability()).hasSize(3);
        assertThat(findings.notes()).isEmpty();
    }

    @Test
    void numbersFollowFromTheOutcomes() {
        // When
        var findings = run(loop.link(Integer.MAX_VALUE));

        // Then
        var base = findings.arms().get(2).accuracy();
        double expected = loop.log.stream()
                .filter(RolloutEnded.class::isInstance)
                .map(RolloutEnded.class::cast)
                .filter(ended -> ended.mode() == DataMode.MEASURE
                        && ended.rolloutGroupId().endsWith("@0"))
                .mapToDouble(ended -> ended.outcome().reward().orElseThrow())
                .average()
                .orElseThrow();
        assertThat(base.mean()).isCloseTo(expected, within(1e-12));
        assertThat(findings.gain().learnt())
                .isCloseTo(findings.arms().get(4).accuracy().mean() - base.mean(), within(1e-12));
        assertThat(findings.bestOfNaive().mean())
                .isGreaterThan(findings.arms().get(5).accuracy().mean());
    }

    @Test
    void noDocumentIsSentTwiceAndTheHeadNeverMovesUnderOneThatIsBeingProposed() {
        // When
        run(loop.link(Integer.MAX_VALUE));

        // Then
        var groups = loop.log.stream()
                .filter(SelfEditsProposed.class::isInstance)
                .map(proposed -> ((SelfEditsProposed) proposed).rolloutGroupId())
                .toList();
        assertThat(groups).doesNotHaveDuplicates();
        for (var datum : documents.heldOut()) {
            assertThat(groups).contains(datum.dataId() + "@0", datum.dataId() + "@1", datum.dataId() + "@2");
        }
        assertThat(loop.sent()).hasSize(2 + 6 + 3 + 6 + 3 + 6);
    }

    @Test
    void killedAnywhereTheSameCommandGoesOnAndFindsTheSame() {
        // Given
        var undisturbed = run(new FakeLoop(SETTINGS.passages()).link(Integer.MAX_VALUE));
        var kills = new ArrayList<Integer>();

        // When
        for (int calls = 1; calls < 120; calls += 3) {
            var survivor = new FakeLoop(SETTINGS.passages());
            try {
                run(survivor.link(calls));
            } catch (FakeLoop.KilledException killed) {
                kills.add(calls);
            }
            var resumed = run(survivor.link(Integer.MAX_VALUE));

            // Then
            assertThat(resumed).as("killed after " + calls + " calls").isEqualTo(undisturbed);
            assertThat(survivor.sent()).as("killed after " + calls + " calls").doesNotHaveDuplicates();
        }
        assertThat(kills).as("some of the links must really have broken").hasSizeGreaterThan(20);
    }

    @Test
    void corpusIsLearntInOneUpdateAndItsQuestionsBelongToTheirDocuments() {
        // When
        var continued = run(loop.link(Integer.MAX_VALUE)).continuedPretraining();

        // Then
        assertThat(continued.passages()).isEqualTo(4);
        assertThat(continued.arms())
                .extracting(KnowledgeFindings.Arm::name)
                .containsExactly("nothing", "passages only", "base policy's edits", "after round 2");
        assertThat(continued.arms()).allMatch(arm -> arm.accuracy().n() == 4);
        assertThat(continued.differences()).hasSize(3);
        var groups = loop.log.stream()
                .filter(SelfEditsProposed.class::isInstance)
                .map(SelfEditsProposed.class::cast)
                .filter(group -> group.updateKind() == UpdateKind.CONTINUED_PRETRAINING)
                .toList();
        assertThat(groups)
                .extracting(SelfEditsProposed::rolloutGroupId)
                .containsExactly("corpus@0/passages", "corpus@0/self-edits", "corpus@2/self-edits");
        assertThat(groups.get(0).selfEdits().get(0).trainingSequences()).hasSize(4);
        // Two self-edits of a single segment and the passage for each of four documents.
        assertThat(groups.get(1).selfEdits().get(0).trainingSequences())
                .hasSize(12)
                .doesNotHaveDuplicates();
        var first = documents.heldOut().get(0);
        assertThat(groups.get(0).datum().questions().get(0).aboutTopic("4 passages"))
                .isEqualTo(first.questions().get(0).aboutTopic(first.title()));
        assertThat(groups.get(0).datum().questions())
                .hasSize(documents.heldOut().subList(0, 4).stream()
                        .mapToInt(datum -> datum.questions().size())
                        .sum());
    }

    @Test
    void roundThatIsNotReleasedRepeatsTheNumbersBeforeItAndSaysSo() {
        // Given
        loop.rejectedRounds.add(1);

        // When
        var findings = run(loop.link(Integer.MAX_VALUE));

        // Then
        var afterFirst = findings.arms().get(3);
        assertThat(afterFirst.accuracy()).isEqualTo(findings.arms().get(2).accuracy());
        assertThat(afterFirst.note()).contains("not released");
        assertThat(findings.arms().get(4).note()).isEmpty();
        assertThat(findings.rounds().get(0).reason()).isEqualTo("no better than before");
        assertThat(findings.rounds().get(0).released()).isFalse();
        assertThat(loop.sent()).hasSize(2 + 6 + 3 + 3 + 6);
    }

    @Test
    void heldOutDocumentThatNoServiceCanWorkOnIsLeftOutAndNamed() {
        // Given
        String refused = documents.heldOut().get(2).dataId();
        loop.tooLong.add(refused);

        // When
        var findings = run(loop.link(Integer.MAX_VALUE));

        // Then
        assertThat(findings.arms()).allMatch(arm -> arm.accuracy().n() == 5);
        assertThat(findings.notes()).containsExactly("document " + refused + " is left out: too long");
    }

    @Test
    void refusedTrainingDocumentEndsTheExperimentWithTheReason() {
        // Given
        String refused = documents.rounds().get(0).get(1).dataId();
        loop.tooLong.add(refused);

        // When, then
        assertThatThrownBy(() -> run(loop.link(Integer.MAX_VALUE)))
                .hasMessage("a service refused record " + refused + " of seal.new-data: too long");
    }

    @Test
    void silenceEndsTheExperimentWithWhatToDo() {
        // Given
        EventLink silent = new EventLink() {
            @Override
            public <E> void send(Topic<E> topic, List<E> events) {}

            @Override
            public List<Object> poll(Duration atMost) {
                nanos += Duration.ofMinutes(1).toNanos();
                return List.of();
            }

            @Override
            public void close() {}
        };

        // When, then
        assertThatThrownBy(() -> run(silent)).hasMessageContaining("run the same command again to go on");
    }

    @Test
    void examplesArePickedByRankAndShowBothVersions() {
        // When
        var examples = run(loop.link(Integer.MAX_VALUE)).examples();

        // Then
        assertThat(examples).hasSize(3);
        assertThat(examples).extracting(KnowledgeFindings.Example::dataId).doesNotHaveDuplicates();
        assertThat(examples.get(0).before()).hasSize(4).allMatch(edit -> edit.text()
                .endsWith("version 0"));
        assertThat(examples.get(0).after()).hasSize(2).allMatch(edit -> edit.text()
                .endsWith("version 2"));
        assertThat(gain(examples.get(0))).isGreaterThanOrEqualTo(gain(examples.get(1)));
        assertThat(gain(examples.get(1))).isGreaterThanOrEqualTo(gain(examples.get(2)));
    }

    @Test
    void phasesCountUpToTheirEnd() {
        // Given
        var seen = new ArrayList<List<Phase>>();
        var view = new ExperimentView() {
            @Override
            public void begun(List<Phase> phases) {}

            @Override
            public void progress(List<Phase> phases) {
                seen.add(phases);
            }
        };

        // When
        experiment(loop.link(Integer.MAX_VALUE)).run(view);

        // Then
        var last = seen.get(seen.size() - 1);
        assertThat(last).hasSize(6).allMatch(Phase::isOver);
        assertThat(last).allMatch(phase -> phase.rolloutsEnded() == phase.rolloutsExpected());
        assertThat(last).allMatch(phase -> phase.adaptersEnded() == phase.adaptersExpected());
    }

    private static double gain(KnowledgeFindings.Example example) {
        return example.accuracies().get("after round 2") - example.accuracies().get("base policy's edits");
    }

    private KnowledgeFindings run(EventLink link) {
        return experiment(link).run(ExperimentView.SILENT);
    }

    private KnowledgeExperiment experiment(EventLink link) {
        return new KnowledgeExperiment(SETTINGS, documents, link, () -> {}, () -> nanos);
    }
}
