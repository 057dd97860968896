package dev.sealstream.rewardemitter;

import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.Outcome;
import dev.sealstream.domain.RewardAssigned;
import dev.sealstream.domain.RolloutEnded;
import dev.sealstream.domain.RolloutGroupCompleted;
import dev.sealstream.eventstreaming.DeadLetter;
import dev.sealstream.eventstreaming.EventCodec;
import dev.sealstream.eventstreaming.Topic;
import dev.sealstream.eventstreaming.Topics;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;

import static dev.sealstream.rewardemitter.Outcomes.ended;
import static dev.sealstream.rewardemitter.Outcomes.scored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class RewardTopologyTest {
    private static final Duration REMEMBER_FOR = Duration.ofDays(14);

    private final EventCodec codec = EventCodec.withoutRegistry();
    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> outcomes;

    @BeforeEach
    void start() {
        driver = new TopologyTestDriver(
                RewardTopology.build(codec, REMEMBER_FOR, RewardListener.NONE), new Properties(), Instant.EPOCH);
        outcomes =
                driver.createInputTopic(Topics.OUTCOMES.name(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void nothingIsEmittedBeforeTheLastMemberEnds() {
        // When
        send(scored("a", 0, 4), scored("a", 2, 0));

        // Then
        assertThat(read(Topics.REWARDS)).isEmpty();
        assertThat(read(Topics.EXPERIENCES)).isEmpty();
    }

    @Test
    void completeGroupIsRewardedAndHandedOnAsOneExperience() {
        // Given
        send(scored("a", 2, 0, 2), scored("a", 0, 4, 4));

        // When
        send(scored("a", 1, 1, 3));

        // Then
        var rewards = read(Topics.REWARDS);
        assertThat(rewards).extracting(RewardAssigned::selfEditId).containsExactly("a@0#0", "a@0#1", "a@0#2");
        assertThat(rewards).extracting(RewardAssigned::reward).containsExactly(1.0, 0.5, 0.25);
        assertThat(rewards).extracting(RewardAssigned::selected).containsExactly(true, false, false);
        assertThat(read(Topics.EXPERIENCES)).singleElement().satisfies(group -> {
            assertThat(group.rolloutGroupId()).isEqualTo("a@0");
            assertThat(group.members()).hasSize(3);
            assertThat(group.members().get(0).selfEdit().tokens()).containsExactly(1, 2);
        });
        assertThat(read(Topics.CANDIDATES)).isEmpty();
    }

    @Test
    void recordsAreKeyedForTheirReaders() {
        // When
        send(scored("a", 0, 4), scored("a", 1, 4), scored("a", 2, 4));

        // Then
        assertThat(records(Topics.REWARDS.name()))
                .extracting(RewardTopologyTest::key)
                .containsOnly("a");
        assertThat(records(Topics.EXPERIENCES.name()))
                .extracting(RewardTopologyTest::key)
                .containsExactly("a@0");
    }

    @Test
    void failedAndCancelledMembersCompleteTheGroup() {
        // Given
        send(scored("a", 0, 4), ended("a", DataMode.TRAIN, 1, new Outcome.Failed("out of memory")));

        // When
        send(ended("a", DataMode.TRAIN, 2, new Outcome.Cancelled("stale")));

        // Then
        assertThat(read(Topics.REWARDS))
                .extracting(RewardAssigned::reward, RewardAssigned::reason)
                .containsExactly(tuple(1.0, ""), tuple(null, "out of memory"), tuple(null, "stale"));
        assertThat(read(Topics.EXPERIENCES)).hasSize(1);
    }

    @Test
    void memberThatEndsTwiceCountsOnce() {
        // Given
        send(scored("a", 0, 4), scored("a", 0, 0));

        // When
        send(scored("a", 1, 2), scored("a", 2, 0));

        // Then
        assertThat(read(Topics.REWARDS)).extracting(RewardAssigned::reward).containsExactly(1.0, 0.5, 0.0);
    }

    @Test
    void lateDuplicatesNeverEmitAGroupAgain() {
        // Given
        send(scored("a", 0, 4), scored("a", 1, 2), scored("a", 2, 0));
        read(Topics.REWARDS);
        read(Topics.EXPERIENCES);

        // When
        send(scored("a", 2, 0), scored("a", 0, 4), scored("a", 1, 2));

        // Then
        assertThat(read(Topics.REWARDS)).isEmpty();
        assertThat(read(Topics.EXPERIENCES)).isEmpty();
    }

    @Test
    void interleavedGroupsAreKeptApart() {
        // When
        send(
                scored("a", 0, 4),
                scored("ab", 0, 0),
                scored("b", 0, 1),
                scored("a", 1, 4),
                scored("b", 1, 1),
                scored("b", 2, 1),
                scored("a", 2, 4));

        // Then
        assertThat(read(Topics.EXPERIENCES))
                .extracting(RolloutGroupCompleted::rolloutGroupId)
                .containsExactly("b@0", "a@0");
    }

    @Test
    void bestRepeatOfTheBestEditOfAnAdaptDatumBecomesACandidate() {
        // When
        send(
                scored("a", DataMode.ADAPT, 0, 1, 1),
                scored("a", DataMode.ADAPT, 1, 2, 4, 4),
                scored("a", DataMode.ADAPT, 2, 3, 3));

        // Then
        assertThat(read(Topics.CANDIDATES)).singleElement().satisfies(candidate -> {
            assertThat(candidate.candidateId()).isEqualTo("main@0+knowledge-a@0#1");
            assertThat(candidate.kind()).isEqualTo(CandidateProposed.Kind.KNOWLEDGE);
            assertThat(candidate.delta()).isEqualTo(Outcomes.adapter("a@0#1/1"));
            assertThat(candidate.rolloutGroupIds()).containsExactly("a@0");
            assertThat(candidate.meanReward()).isEqualTo(10.0 / 12.0);
            assertThat(candidate.frobeniusNorm()).isEqualTo(1.5);
        });
        assertThat(read(Topics.EXPERIENCES)).hasSize(1);
    }

    @Test
    void measuredDatumIsRewardedButNeverBecomesACandidate() {
        // When
        send(
                scored("a", DataMode.MEASURE, 0, 1, 1),
                scored("a", DataMode.MEASURE, 1, 4, 4),
                scored("a", DataMode.MEASURE, 2, 3, 3));

        // Then
        assertThat(read(Topics.REWARDS)).extracting(RewardAssigned::reward).containsExactly(0.25, 1.0, 0.75);
        assertThat(read(Topics.EXPERIENCES))
                .extracting(RolloutGroupCompleted::mode)
                .containsExactly(DataMode.MEASURE);
        assertThat(read(Topics.CANDIDATES)).isEmpty();
    }

    @Test
    void adaptDatumWithoutAnyScoredEditHasNoCandidate() {
        // When
        for (int i = 0; i < Outcomes.GROUP_SIZE; i++) {
            send(ended("a", DataMode.ADAPT, i, new Outcome.Invalid("empty")));
        }

        // Then
        assertThat(read(Topics.CANDIDATES)).isEmpty();
        assertThat(read(Topics.REWARDS)).extracting(RewardAssigned::reward).containsOnly(0.0);
    }

    @Test
    void malformedRecordGoesToTheDeadLettersAsItCame() {
        // Given
        byte[] key = {1, 2};
        byte[] value = "not Avro".getBytes(StandardCharsets.UTF_8);
        var headers = new RecordHeaders().add("mine", new byte[] {7});

        // When
        outcomes.pipeInput(new TestRecord<>(key, value, headers));
        send(scored("a", 0, 4), scored("a", 1, 2), scored("a", 2, 0));

        // Then
        assertThat(deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.key()).isEqualTo(key);
            assertThat(letter.value()).isEqualTo(value);
            assertThat(letter.headers().lastHeader("mine").value()).containsExactly(7);
            assertThat(header(letter, DeadLetter.REASON)).contains("first byte");
            assertThat(header(letter, DeadLetter.STAGE)).isEqualTo("reward-emitter");
            assertThat(header(letter, DeadLetter.ORIGIN)).isEqualTo("seal.outcomes-0@0");
        });
        assertThat(read(Topics.REWARDS)).hasSize(3);
    }

    @Test
    void recordWithoutValueGoesToTheDeadLetters() {
        // When
        outcomes.pipeInput(new TestRecord<>(new byte[] {1}, null));

        // Then
        assertThat(reasons()).singleElement().asString().contains("no value");
    }

    @Test
    void outcomeUnderAnotherKeyIsRefused() {
        // When
        outcomes.pipeInput("a".getBytes(StandardCharsets.UTF_8), encode(scored("a", 0, 4)));

        // Then
        assertThat(reasons())
                .singleElement()
                .asString()
                .contains("record key 'a'")
                .contains("'a@0'");
    }

    @Test
    void outcomeOfABenchmarkDatumIsRefused() {
        // When
        send(scored("a", DataMode.BENCHMARK, 0, 4));

        // Then
        assertThat(reasons()).singleElement().asString().contains("held out");
    }

    @Test
    void memberThatContradictsItsGroupIsRefused() {
        // Given
        send(scored("a", DataMode.TRAIN, 0, 4));

        // When
        send(scored("a", DataMode.ADAPT, 1, 4));

        // Then
        assertThat(reasons()).singleElement().asString().contains("members of a group share all but");
        send(scored("a", 1, 4), scored("a", 2, 4));
        assertThat(read(Topics.REWARDS)).hasSize(3);
    }

    @Test
    void restoredStateGoesOnWhereItWas() {
        // Given
        send(scored("a", 0, 4), scored("b", 0, 4), scored("b", 1, 4), scored("b", 2, 4));
        restart();

        // When
        send(scored("b", 1, 4), scored("a", 1, 2), scored("a", 2, 0));

        // Then
        assertThat(read(Topics.EXPERIENCES))
                .extracting(RolloutGroupCompleted::rolloutGroupId)
                .containsExactly("a@0");
    }

    @Test
    void oldGroupsAreForgotten() {
        // Given
        send(scored("open", 0, 4), scored("done", 0, 4), scored("done", 1, 4), scored("done", 2, 4));

        // When
        driver.advanceWallClockTime(REMEMBER_FOR.plusHours(2));

        // Then
        assertThat(driver.getTimestampedKeyValueStore(RewardTopology.OPEN_GROUPS)
                        .all())
                .isExhausted();
        assertThat(driver.getKeyValueStore(RewardTopology.EMITTED_GROUPS).all()).isExhausted();
    }

    @Test
    void youngGroupsAreRemembered() {
        // Given
        send(scored("open", 0, 4), scored("done", 0, 4), scored("done", 1, 4), scored("done", 2, 4));

        // When
        driver.advanceWallClockTime(REMEMBER_FOR.minusHours(1));

        // Then
        assertThat(driver.getTimestampedKeyValueStore(RewardTopology.OPEN_GROUPS)
                        .all())
                .hasNext();
        assertThat(driver.getKeyValueStore(RewardTopology.EMITTED_GROUPS).all()).hasNext();
    }

    /** A new driver whose stores hold what the old one's held, as after a restore from the changelog. */
    private void restart() {
        var before = driver;
        start();
        var open = driver.<String, byte[]>getTimestampedKeyValueStore(RewardTopology.OPEN_GROUPS);
        before.<String, byte[]>getTimestampedKeyValueStore(RewardTopology.OPEN_GROUPS)
                .all()
                .forEachRemaining(entry -> open.put(entry.key, entry.value));
        var emitted = driver.<String, Long>getKeyValueStore(RewardTopology.EMITTED_GROUPS);
        before.<String, Long>getKeyValueStore(RewardTopology.EMITTED_GROUPS)
                .all()
                .forEachRemaining(entry -> emitted.put(entry.key, entry.value));
        before.close();
    }

    private void send(RolloutEnded... ended) {
        for (var outcome : ended) {
            outcomes.pipeInput(outcome.rolloutGroupId().getBytes(StandardCharsets.UTF_8), encode(outcome));
        }
    }

    private byte[] encode(RolloutEnded ended) {
        return codec.encode(Topics.OUTCOMES, ended);
    }

    private <E> List<E> read(Topic<E> topic) {
        return records(topic.name()).stream()
                .map(record -> codec.decode(topic, record.value()))
                .toList();
    }

    private List<TestRecord<byte[], byte[]>> deadLetters() {
        return records(Topics.OUTCOMES.deadLetters());
    }

    private List<String> reasons() {
        return deadLetters().stream()
                .map(letter -> header(letter, DeadLetter.REASON))
                .toList();
    }

    private List<TestRecord<byte[], byte[]>> records(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    private static String key(TestRecord<byte[], byte[]> record) {
        return new String(record.key(), StandardCharsets.UTF_8);
    }

    private static String header(TestRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
