package dev.sealstream.devstack.lineage;

import dev.sealstream.devstack.events.EventLink;
import dev.sealstream.devstack.events.RefusedRecord;
import dev.sealstream.domain.ApprovalGiven;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.RollbackOrdered;
import dev.sealstream.eventstreaming.Topic;
import dev.sealstream.eventstreaming.Topics;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LineageClientTest {
    private static final Duration WAIT = Duration.ofSeconds(15);

    private final Story story = new Story();
    private final FakeTopics topics = new FakeTopics();
    private long nanos;

    @Test
    void decisionIsSentAndTheGatesAnswerAwaited() {
        // Given
        var client = client();
        topics.answers.add(List.of());
        topics.answers.add(List.of(
                new CheckpointDecision.Rejected("main", Story.policy(Story.WAITING, 4), null, null, "refused by Ada")));

        // When
        client.decide(Story.WAITING, false, "Ada", "too large a change");
        boolean ended = client.awaitEnd(Story.WAITING, WAIT);

        // Then
        assertThat(topics.sent)
                .containsExactly(new ApprovalGiven(Story.WAITING, "main", "Ada", false, "too large a change"));
        assertThat(ended).isTrue();
        assertThat(client.history().candidate(Story.WAITING).orElseThrow().reason())
                .isEqualTo("refused by Ada");
    }

    @Test
    void silentGateIsWaitedForNoLongerThanSaid() {
        assertThat(client().awaitEnd(Story.WAITING, WAIT)).isFalse();
    }

    @Test
    void headMovesForwardAgain() {
        // Given
        var client = client();
        topics.answers.add(
                List.of(new CheckpointDecision.RolledBack("main", 3, story.hashes.get(3L), "Ada", "it was better")));

        // When
        client.rollBack(3, "Ada", "it was better");

        // Then
        assertThat(topics.sent).containsExactly(new RollbackOrdered("main", 3, "Ada", "it was better"));
        assertThat(client.awaitHead(3, WAIT)).isTrue();
    }

    @Test
    void decisionTheGateCannotWorkOnIsExplainedInItsWords() {
        // Given: an older refusal, which is not about this decision
        var old = new RefusedRecord(Topics.APPROVALS, "main", "something long ago");
        story.events.add(old);
        var client = client();
        topics.answers.add(List.of(new RefusedRecord(Topics.APPROVALS, "main", "the lineage has no release")));

        // When
        client.rollBack(1, "Ada", "try");

        // Then
        assertThatThrownBy(() -> client.awaitHead(1, WAIT))
                .hasMessage("the gate refused it: the lineage has no release");
    }

    @Test
    void refusalsNameTheThingTheValueWhatIsAllowedAndTheRemedy() {
        // Given
        var client = client();

        // When, then
        assertThatThrownBy(() -> client.decide("mian@4+policy", true, "Ada", "good"))
                .hasMessage("candidate mian@4+policy is unknown to lineage main; allowed: main@4+policy, main@4+later;"
                        + " the log has the ids of all candidates");
        assertThatThrownBy(() -> client.decide("main@2+policy", false, "Ada", "bad"))
                .hasMessageContaining("candidate main@2+policy is already released as version 3")
                .hasMessageContaining("rolling back to version 2");
        assertThatThrownBy(() -> client.decide("main@2+worse", true, "Ada", "good"))
                .hasMessageContaining("already rejected: gain on the benchmark is too small");
        assertThatThrownBy(() -> client.rollBack(7, "Ada", "why not"))
                .hasMessage("version 7 is unknown to lineage main; allowed: 0, 1, 2, 3, 4; the log has all versions");
        assertThatThrownBy(() -> client.rollBack(4, "Ada", "why not"))
                .hasMessageContaining("the head of lineage main already");
        assertThat(topics.sent).isEmpty();
    }

    @Test
    void unknownLineageIsNamedWithThoseThereAre() {
        assertThatThrownBy(() -> LineageClient.open(topics.with(story.events), "mian", this::clock))
                .hasMessage("lineage mian has no records; allowed: [main]; choose one of them with --lineage");
    }

    @Test
    void freshStackHasAnEmptyLineage() {
        assertThat(LineageClient.open(topics.with(List.of()), "main", this::clock)
                        .history()
                        .head())
                .isZero();
    }

    @Test
    void logThatContradictsItselfIsSaidSo() {
        // Given
        var broken = List.<Object>of(new CheckpointDecision.RolledBack("main", 3, Story.BASE, "Ada", "to nowhere"));

        // When, then
        assertThatThrownBy(() -> LineageClient.open(topics.with(broken), "main", this::clock))
                .hasMessageStartingWith("seal.checkpoints contradicts itself: ");
    }

    private LineageClient client() {
        return LineageClient.open(topics.with(story.events), "main", this::clock);
    }

    /** Every look takes a second. */
    private long clock() {
        return nanos += Duration.ofSeconds(1).toNanos();
    }

    /** Topics that hold given events, and give each answer to one further poll. */
    private static final class FakeTopics implements EventLink {
        private final Deque<List<Object>> answers = new ArrayDeque<>();
        private final List<Object> sent = new ArrayList<>();
        private boolean caughtUp;

        FakeTopics with(List<Object> events) {
            answers.add(events);
            return this;
        }

        @Override
        public <E> void send(Topic<E> topic, List<E> events) {
            assertThat(topic).isEqualTo(Topics.APPROVALS);
            sent.addAll(events);
        }

        @Override
        public boolean isCaughtUp() {
            return caughtUp;
        }

        @Override
        public List<Object> poll(Duration atMost) {
            caughtUp = true;
            return answers.isEmpty() ? List.of() : answers.poll();
        }

        @Override
        public void close() {}
    }
}
