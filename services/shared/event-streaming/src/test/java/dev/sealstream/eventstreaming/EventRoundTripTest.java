package dev.sealstream.eventstreaming;

import org.junit.jupiter.api.Test;

import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class EventRoundTripTest {
    private final EventCodec codec = new EventCodec(new MemorySchemas());

    @Test
    void newDataComesBack() {
        assertComesBack(Topics.NEW_DATA, Stream.concat(Events.newData(), Stream.of(Events.datum("d"))));
    }

    @Test
    void selfEditsComeBack() {
        assertComesBack(Topics.SELF_EDITS, Stream.of(Events.proposed()));
    }

    @Test
    void updatesComeBackTrainedOrFailed() {
        assertComesBack(Topics.UPDATES, Stream.of(Events.adaptersTrained(), Events.scoredAdapters()));
    }

    @Test
    void wantedRepeatsComeBackWithTheScoresSoFar() {
        assertComesBack(Topics.REPEATS, Stream.of(Events.repeatsWanted()));
    }

    @Test
    void outcomesComeBackHoweverTheyEnded() {
        assertComesBack(Topics.OUTCOMES, Events.outcomes());
    }

    @Test
    void rewardsComeBackWithOrWithoutReward() {
        assertComesBack(Topics.REWARDS, Events.rewards());
    }

    @Test
    void experiencesComeBack() {
        assertComesBack(Topics.EXPERIENCES, Stream.of(Events.experience("d@3")));
    }

    @Test
    void candidatesComeBack() {
        assertComesBack(Topics.CANDIDATES, Stream.of(Events.candidate(2, Events.BASE_HASH), Events.knowledge()));
    }

    @Test
    void benchmarksComeBackMeasuredOrFailed() {
        assertComesBack(Topics.BENCHMARKS, Events.benchmarks());
    }

    @Test
    void decisionsOfPeopleComeBack() {
        assertComesBack(Topics.APPROVALS, Events.personDecisions());
    }

    @Test
    void checkpointDecisionsComeBack() {
        assertComesBack(Topics.CHECKPOINTS, Events.decisions());
    }

    @Test
    void snapshotsComeBack() {
        assertComesBack(Topics.SNAPSHOTS, Stream.of(Events.snapshot(7)));
    }

    private <E> void assertComesBack(Topic<E> topic, Stream<E> events) {
        assertThat(events).isNotEmpty().allSatisfy(event -> assertThat(codec.decode(topic, codec.encode(topic, event)))
                .isEqualTo(event));
    }
}
