package dev.sealstream.integrationtests;

import dev.sealstream.domain.AdaptersTrained;
import dev.sealstream.domain.ApprovalGiven;
import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.PersonDecision;
import dev.sealstream.domain.PromptStyle;
import dev.sealstream.domain.Question;
import dev.sealstream.eventstreaming.DeadLetterReader;
import dev.sealstream.eventstreaming.Emissions;
import dev.sealstream.eventstreaming.Result;
import dev.sealstream.eventstreaming.RetryBackoff;
import dev.sealstream.eventstreaming.Stage;
import dev.sealstream.eventstreaming.StageListener;
import dev.sealstream.eventstreaming.StageSettings;
import dev.sealstream.eventstreaming.StageWorker;
import dev.sealstream.eventstreaming.Topic;
import dev.sealstream.eventstreaming.Topics;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** The worker's promises on a real broker. Stages here turn a datum into an approval; a test knows its own by lineage. */
class StageWorkerIT {
    /** Long enough for a worker to poll in, short enough for a test to exceed. */
    private static final int POLL_INTERVAL_MILLIS_MAX = 3_000;

    private static Infrastructure infrastructure;

    @BeforeAll
    static void start(@TempDir Path state) {
        infrastructure = Infrastructure.start(state);
    }

    @AfterAll
    static void stop() {
        infrastructure.close();
    }

    @Test
    void workLongerThanThePollIntervalComesOnceThoughAnotherInstanceJoins() throws Exception {
        // Given
        int count = 8;
        var release = new CountDownLatch(1);
        Stage<NewData> slow = datum -> {
            awaitUninterrupted(release);
            return approval("slow", datum, "slow");
        };
        IntStream.range(0, count).forEach(i -> send("slow", "datum-" + i));
        try (var first = worker("slow", slow);
                var second = worker("slow", slow)) {
            // When
            first.start();
            awaitMembers("slow", 1);
            second.start();
            awaitMembers("slow", 2);
            assertThat(release.await(2 * POLL_INTERVAL_MILLIS_MAX, TimeUnit.MILLISECONDS))
                    .as("the work takes twice the poll interval")
                    .isFalse();
            release.countDown();

            // Then
            approvals("slow", count);
            assertThat(first.failure()).isEmpty();
            assertThat(second.failure()).isEmpty();
        }
        assertThat(approvals("slow", count))
                .extracting(ApprovalGiven::candidateId)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, count).mapToObj(i -> "datum-" + i).toList());
    }

    @Test
    void instanceThatLostItsPartitionWritesNothing() throws Exception {
        // Given an instance that stands still with a record in hand until another has done the work
        var stuck = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var dropped = new CountDownLatch(1);
        var listener = new StageListener() {
            @Override
            public void received(String topic) {
                stuck.countDown();
                awaitUninterrupted(goOn);
            }

            @Override
            public void dropped(String topic, String reason) {
                dropped.countDown();
            }
        };
        try (var zombie = worker("zombie", datum -> approval("zombie", datum, "the stuck one"), listener);
                var other = worker("zombie", datum -> approval("zombie", datum, "the other"))) {
            zombie.start();
            awaitMembers("zombie", 1);
            send("zombie", "datum");
            assertThat(stuck.await(1, TimeUnit.MINUTES)).isTrue();

            // When
            other.start();
            approvals("zombie", 1);
            goOn.countDown();

            // Then
            assertThat(dropped.await(1, TimeUnit.MINUTES)).isTrue();
            assertThat(zombie.alive()).isTrue();
        }
        assertThat(approvals("zombie", 1)).extracting(ApprovalGiven::by).containsExactly("the other");
    }

    @Test
    void groupThatHasReadEverythingIsNotBehindThoughMarkersLieBehindTheRecords() {
        // Given
        Stage<PersonDecision> ignoring = decision -> Result.nothing();
        try (var writer = worker("markers", datum -> approval("markers", datum, "writer"));
                var reader = new StageWorker<>(
                        settings("markers-reader"), Topics.APPROVALS, ignoring, infrastructure.codec())) {
            writer.start();
            reader.start();

            // When
            send("markers", "datum");
            approvals("markers", 1);

            // Then
            Infrastructure.await("group that is not behind", () -> isAtTheEnd("markers-reader", Topics.APPROVALS));
        }
    }

    @Test
    void malformedRecordOfTenMegabytesReachesTheDeadLettersByteForByte() throws Exception {
        // Given
        byte[] malformed = new byte[10 * 1024 * 1024];
        new Random(3).nextBytes(malformed);
        malformed[0] = 1;
        Stage<AdaptersTrained> never = trained -> {
            throw new IllegalStateException("this record must not get here");
        };
        try (var worker = new StageWorker<>(
                        settings("malformed"), Topics.UPDATES, never, infrastructure.codec(), StageListener.NONE);
                var letters = new DeadLetterReader(infrastructure.kafka(Map.of()), Topics.UPDATES)) {
            worker.start();

            // When
            Map<String, Object> settings = Map.of(
                    "bootstrap.servers", infrastructure.bootstrapServers(), "max.request.size", 16 * 1024 * 1024);
            try (var kafka = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
                kafka.send(new ProducerRecord<>(Topics.UPDATES.name(), new byte[] {7}, malformed))
                        .get();
            }

            // Then
            var found = new ArrayList<>(letters.readNew());
            Infrastructure.await("the dead letter", () -> found.addAll(letters.readNew()) || !found.isEmpty());
            assertThat(found).hasSize(1);
            assertThat(found.get(0).key()).containsExactly(7);
            assertThat(found.get(0).value()).isEqualTo(malformed);
            assertThat(found.get(0).reason()).contains("first byte of the record is 1");
            assertThat(found.get(0).stage()).isEqualTo("malformed");
            assertThat(worker.alive()).isTrue();
        }
    }

    @Test
    void heldEventsComeAgainAfterARestartAndAreCommittedTogether() {
        // Given
        var before = new CollectThree();
        try (var worker = worker("round", before)) {
            worker.start();
            send("round", "a");
            send("round", "b");
            Infrastructure.await("two held events", () -> before.seen().size() == 2);
        }

        // When
        var after = new CollectThree();
        try (var worker = worker("round", after)) {
            worker.start();
            send("round", "c");
            approvals("round", 1);
        }

        // Then
        assertThat(after.seen()).containsExactlyInAnyOrder("a", "b", "c");
        var third = new CollectThree();
        try (var worker = worker("round", third)) {
            worker.start();
            send("round", "d");
            Infrastructure.await(
                    "one event after the commit", () -> !third.seen().isEmpty());
            assertThat(third.seen()).containsExactly("d");
        }
        assertThat(approvals("round", 1)).hasSize(1);
    }

    @Test
    void stageWithABugStopsItsWorkerAndTheEventComesAgain() {
        // Given
        var told = new CountDownLatch(1);
        var listener = new StageListener() {
            @Override
            public void stopped(Throwable failure) {
                told.countDown();
            }
        };
        Stage<NewData> buggy = datum -> {
            throw new IllegalStateException("a bug met " + datum.dataId());
        };
        send("bug", "datum");

        // When
        try (var worker = worker("bug", buggy, listener)) {
            worker.start();
            Infrastructure.await("the worker to stop", () -> !worker.alive());

            // Then
            assertThat(worker.failure())
                    .hasValueSatisfying(failure -> assertThat(failure).hasMessage("a bug met datum"));
            assertThat(told.getCount()).isZero();
        }
        try (var repaired = worker("bug", datum -> approval("bug", datum, "repaired"))) {
            repaired.start();
            assertThat(approvals("bug", 1)).extracting(ApprovalGiven::by).containsExactly("repaired");
        }
    }

    /** Holds its own events until it has three, and those of other tests with them. */
    private static final class CollectThree implements Stage<NewData> {
        private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

        @Override
        public Result process(NewData datum) {
            if (!datum.lineage().equals("round")) {
                return Result.hold();
            }
            seen.add(datum.dataId());
            return seen.size() == 3 ? approval("round", datum, "round") : Result.hold();
        }

        @Override
        public void reset() {
            seen.clear();
        }

        List<String> seen() {
            return List.copyOf(seen);
        }
    }

    private static StageWorker<NewData> worker(String lineage, Stage<NewData> stage) {
        return worker(lineage, stage, StageListener.NONE);
    }

    /** A worker whose stage meets only the data of its own test, except when it collects. */
    private static StageWorker<NewData> worker(String lineage, Stage<NewData> stage, StageListener listener) {
        Stage<NewData> ownOnly = stage instanceof CollectThree
                ? stage
                : datum -> datum.lineage().equals(lineage) ? stage.process(datum) : Result.nothing();
        return new StageWorker<>(settings(lineage), Topics.NEW_DATA, ownOnly, infrastructure.codec(), listener);
    }

    private static StageSettings settings(String name) {
        var kafka = infrastructure.kafka(Map.of("max.poll.interval.ms", Integer.toString(POLL_INTERVAL_MILLIS_MAX)));
        var usual = StageSettings.of(kafka, name);
        return new StageSettings(kafka, name, usual.instance(), Duration.ofSeconds(25), RetryBackoff.DEFAULT);
    }

    private static void send(String lineage, String dataId) {
        infrastructure.send(
                Topics.NEW_DATA,
                new NewData(
                        dataId,
                        DataMode.TRAIN,
                        PromptStyle.IMPLICATIONS,
                        lineage,
                        "title",
                        "context",
                        List.of(new Question("q", "a")),
                        ""));
    }

    private static Result approval(String lineage, NewData datum, String by) {
        return Result.emit(
                Emissions.of(Topics.APPROVALS, new ApprovalGiven(datum.dataId(), lineage, by, true, "works")));
    }

    private static List<ApprovalGiven> approvals(String lineage, int count) {
        return infrastructure
                .await(Topics.APPROVALS, decision -> decision.lineage().equals(lineage), count)
                .stream()
                .map(ApprovalGiven.class::cast)
                .toList();
    }

    /** Waits until the group has so many members and each has partitions. */
    private static void awaitMembers(String group, int count) {
        try (var admin = Admin.create(Map.of("bootstrap.servers", infrastructure.bootstrapServers()))) {
            Infrastructure.await(count + " members of group " + group, () -> {
                try {
                    var members = admin.describeConsumerGroups(List.of(group))
                            .describedGroups()
                            .get(group)
                            .get()
                            .members();
                    return members.size() == count
                            && members.stream().noneMatch(member -> member.assignment()
                                    .topicPartitions()
                                    .isEmpty());
                } catch (Exception notYet) {
                    return false;
                }
            });
        }
    }

    /** Whether a group has committed the end of a topic with one partition, as those who count lag by offsets see it. */
    private static boolean isAtTheEnd(String group, Topic<?> topic) {
        var partition = new TopicPartition(topic.name(), 0);
        try (var admin = Admin.create(Map.of("bootstrap.servers", infrastructure.bootstrapServers()))) {
            var committed = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(partition);
            var end = admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get();
            return committed != null && committed.offset() == end.offset();
        } catch (Exception notYet) {
            return false;
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }
}
