package dev.sealstream.devstack.demo;

import dev.sealstream.devstack.events.EventLink;
import dev.sealstream.devstack.process.StackException;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.Measurement;
import dev.sealstream.domain.NewData;
import dev.sealstream.eventstreaming.Topic;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DemoTest {
    private final List<NewData> benchmark = documents(DataMode.BENCHMARK, 2);
    private final List<NewData> training = documents(DataMode.TRAIN, 4);
    private final Recorder view = new Recorder();
    private long nanos;

    @Test
    void secondRoundIsSentOnceTheGateHasDecidedOnTheFirst() {
        // Given
        Loop loop = new Loop();
        Demo demo = new Demo(new DemoSettings(2, 2, 2, 1), loop, () -> {}, view, () -> nanos);

        // When
        DemoReport report = demo.run(benchmark, training);

        // Then
        assertThat(loop.sent).containsExactly(benchmark, training.subList(0, 2), training.subList(2, 4));
        assertThat(view.lines)
                .containsExactly("round 1", "round 1 released: true", "round 2", "round 2 released: true");
        assertThat(report.table().arms()).extracting(ArmTable.Arm::name).last().isEqualTo("policy after round 2");
        assertThat(report.asMap()).containsKeys("table", "pairedDifferences", "rewards", "decisions");
    }

    @Test
    void silenceForMinutesEndsTheDemoWithTheLogToRead() {
        // Given
        EventLink silent = new SilentLink();
        Demo demo = new Demo(new DemoSettings(1, 2, 2, 1), silent, () -> {}, view, () -> nanos);

        // When / Then
        assertThatThrownBy(() -> demo.run(benchmark, training))
                .isInstanceOf(StackException.class)
                .hasMessage("nothing has happened for 6 minutes in round 1 while the model writes its first self-edits;"
                        + " read self-edit-proposer.log");
    }

    @Test
    void deathOfAProcessEndsTheDemo() {
        // Given
        Runnable dead = () -> {
            throw new StackException("update-worker died");
        };
        Demo demo = new Demo(new DemoSettings(1, 2, 2, 1), new SilentLink(), dead, view, () -> nanos);

        // When / Then
        assertThatThrownBy(() -> demo.run(benchmark, training)).hasMessage("update-worker died");
    }

    private static List<NewData> documents(DataMode mode, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> TestEvents.document(mode.name().toLowerCase() + "-" + i, mode))
                .toList();
    }

    /** Answers every round's documents with a release. */
    private final class Loop extends SilentLink {
        private final List<List<NewData>> sent = new ArrayList<>();
        private final List<Object> waiting = new ArrayList<>();
        private String head = TestEvents.BASE;

        @Override
        public void send(List<NewData> documents) {
            sent.add(documents);
            if (documents.get(0).mode() == DataMode.TRAIN) {
                String[] ids = documents.stream().map(NewData::dataId).toArray(String[]::new);
                CandidateProposed candidate = TestEvents.candidate(head, sent.size() - 2, ids);
                waiting.add(candidate);
                waiting.add(
                        TestEvents.measured(candidate, measurement(head), measurement(candidate.weightsHashOn(head))));
                waiting.add(TestEvents.released(candidate));
                head = candidate.weightsHashOn(head);
            }
        }

        @Override
        public List<Object> poll(Duration atMost) {
            List<Object> events = List.copyOf(waiting);
            waiting.clear();
            return events;
        }

        private Measurement measurement(String weightsHash) {
            return TestEvents.measurement(weightsHash, new double[] {0, 0.5, 0.5}, new double[] {0, 0.5, 0.6});
        }
    }

    /** Answers nothing; every poll takes a minute on the test's clock. */
    private class SilentLink implements EventLink {
        @Override
        public <E> void send(Topic<E> topic, List<E> events) {}

        @Override
        public List<Object> poll(Duration atMost) {
            nanos += Duration.ofMinutes(1).toNanos();
            return List.of();
        }

        @Override
        public void close() {}
    }

    private static final class Recorder implements DemoView {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void roundStarted(int number, int documents) {
            lines.add("round " + number);
        }

        @Override
        public void progress(RoundProgress round, double secondsInRound) {}

        @Override
        public void roundEnded(RoundReport round) {
            lines.add("round " + round.number() + " released: " + round.isReleased());
        }
    }
}
