package dev.sealstream.eventstreaming;

import dev.sealstream.domain.NewData;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import static dev.sealstream.eventstreaming.RecordingStage.emit;
import static dev.sealstream.eventstreaming.RecordingStage.fail;
import static dev.sealstream.eventstreaming.RecordingStage.hold;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Kafka's own mock clients stand for the broker; the test decides when the stage's thread works. */
class StageLoopTest {
    private static final TopicPartition P0 = new TopicPartition(Topics.NEW_DATA.name(), 0);
    private static final TopicPartition P1 = new TopicPartition(Topics.NEW_DATA.name(), 1);
    private static final int ATTEMPTS_MAX = 3;

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final List<MockProducer<byte[], byte[]>> producers = new ArrayList<>();
    private final ManualExecutor stageThread = new ManualExecutor();
    private final MemorySchemas schemas = new MemorySchemas();
    private final EventCodec codec = new EventCodec(schemas);
    private final RecordingStage stage = new RecordingStage();
    private final Closing closing = new Closing();
    private final RetryBackoff backoff = new RetryBackoff(ATTEMPTS_MAX, Duration.ZERO, Duration.ZERO);
    private final StageLoop<NewData> loop = new StageLoop<>(
            new StageTask.Tools<>(
                    "a-stage", Topics.NEW_DATA, stage, codec, new FaultRouter(backoff), backoff, StageListener.NONE),
            consumer,
            new OutputTransaction(this::newProducer),
            stageThread,
            closing);

    @BeforeEach
    void open() {
        consumer.updateBeginningOffsets(Map.of(P0, 0L, P1, 0L));
        consumer.setMaxPollRecords(1);
        loop.open();
        consumer.rebalance(List.of(P0, P1));
    }

    @Test
    void resultAndOffsetAreWrittenInOneTransaction() {
        stage.answers(emit());
        arrives(P0, 0, "d");

        workOnNext();

        assertThat(producer().commitCount()).isEqualTo(1);
        assertThat(producer().history()).hasSize(1);
        var written = producer().history().get(0);
        assertThat(written.topic()).isEqualTo("seal.experiences");
        assertThat(new String(written.key())).isEqualTo("of d");
        assertThat(codec.decode(Topics.EXPERIENCES, written.value())).isEqualTo(Events.experience("of d"));
        assertThat(committed()).isEqualTo(Map.of(P0, 1L));
    }

    @Test
    void partitionsArePausedAndPolledWhileTheStageWorks() {
        stage.answers(emit(), emit());
        arrives(P0, 0, "d");
        arrives(P1, 0, "e");
        loop.turn();

        for (int i = 0; i < 5; i++) {
            loop.turn();
        }

        assertThat(consumer.paused()).containsExactlyInAnyOrder(P0, P1);
        assertThat(consumer.lastPollTimeout()).isLessThan(Duration.ofMillis(100));
        assertThat(stageThread.waiting()).isEqualTo(1);
        assertThat(producer().history()).isEmpty();
        stageThread.runNext();
        loop.turn();
        assertThat(consumer.paused()).isEmpty();
    }

    @Test
    void partitionAssignedWhileTheStageWorksIsPausedToo() {
        consumer.rebalance(List.of(P0));
        arrives(P0, 0, "d");
        loop.turn();

        consumer.rebalance(List.of(P0, P1));

        assertThat(consumer.paused()).contains(P1);
    }

    @Test
    void undecodableRecordGoesToTheDeadLettersAsItCame() {
        byte[] key = {1, 2, 3};
        byte[] value = {9, 9, 9, 9, 9};
        var record = new ConsumerRecord<>(P0.topic(), P0.partition(), 0L, key, value);
        record.headers().add("trace", new byte[] {4}).add("reason", new byte[] {5});
        consumer.addRecord(record);

        workOnNext();

        assertThat(producer().history()).hasSize(1);
        var letter = producer().history().get(0);
        assertThat(letter.topic()).isEqualTo("seal.new-data.dead-letters");
        assertThat(letter.key()).isEqualTo(key);
        assertThat(letter.value()).isEqualTo(value);
        assertThat(letter.headers().lastHeader("trace").value()).containsExactly(4);
        assertThat(letter.headers().headers("reason").iterator().next().value()).containsExactly(5);
        assertThat(header(letter, DeadLetter.REASON)).contains("first byte of the record is 9");
        assertThat(header(letter, DeadLetter.STAGE)).isEqualTo("a-stage");
        assertThat(header(letter, DeadLetter.STACK)).contains("EventCodec.decode");
        assertThat(header(letter, DeadLetter.ATTEMPT)).isEqualTo("1");
        assertThat(header(letter, DeadLetter.ORIGIN)).isEqualTo("seal.new-data-0@0");
        assertThat(producer().commitCount()).isEqualTo(1);
        assertThat(committed()).isEqualTo(Map.of(P0, 1L));
        assertThat(stage.calls).isEmpty();
    }

    @Test
    void eventTheStageRefusesGoesToTheDeadLetters() {
        stage.answers(fail(new InvalidEventException("too odd")), emit());
        arrives(P0, 0, "odd");
        arrives(P0, 1, "even");

        workOnNext();
        workOnNext();

        assertThat(producer().history())
                .extracting(ProducerRecord::topic)
                .containsExactly("seal.new-data.dead-letters", "seal.experiences");
        assertThat(committed()).isEqualTo(Map.of(P0, 2L));
    }

    @Test
    void transientFaultIsTriedAgain() {
        var fault = new TransientFaultException("store is away");
        stage.answers(fail(fault), fail(fault), emit());
        arrives(P0, 0, "d");

        workOnNext();

        assertThat(stage.calls).containsExactly("d", "d", "d");
        assertThat(producer().history()).hasSize(1);
    }

    @Test
    void transientFaultThatLastsStopsTheLoop() {
        var fault = new TransientFaultException("store is away");
        stage.answers(fail(fault), fail(fault), fail(fault));
        arrives(P0, 0, "d");

        assertThatThrownBy(this::workOnNext).isSameAs(fault);
        assertThat(producer().history()).isEmpty();
        assertThat(producer().consumerGroupOffsetsHistory()).isEmpty();
    }

    @Test
    void registryThatFailsAfterTheWorkDoesNotRepeatTheWork() {
        stage.answers(datum -> {
            schemas.failNext(2);
            return emit().apply(datum);
        });
        arrives(P0, 0, "d");

        workOnNext();

        assertThat(stage.calls).containsExactly("d");
        assertThat(producer().history()).hasSize(1);
    }

    @Test
    void anyOtherFaultStopsTheLoopAndCommitsNothing() {
        var bug = new IllegalStateException("a bug");
        stage.answers(fail(bug));
        arrives(P0, 0, "d");

        assertThatThrownBy(this::workOnNext).isSameAs(bug);
        assertThat(producer().history()).isEmpty();
        assertThat(producer().consumerGroupOffsetsHistory()).isEmpty();
    }

    @Test
    void heldEventsAreCommittedByTheNextEmission() {
        stage.answers(hold(), hold(), emit());
        arrives(P0, 0, "a");
        arrives(P1, 0, "b");
        arrives(P0, 1, "c");

        workOnNext();
        workOnNext();
        assertThat(producer().consumerGroupOffsetsHistory()).isEmpty();
        workOnNext();

        assertThat(producer().commitCount()).isEqualTo(1);
        assertThat(committed()).isEqualTo(Map.of(P0, 2L, P1, 1L));
    }

    @Test
    void deadLetterWaitsForHeldEventsSinceItsOffsetWouldCommitThem() {
        stage.answers(hold(), fail(new InvalidEventException("odd")), emit());
        arrives(P0, 0, "a");
        arrives(P0, 1, "odd");
        arrives(P0, 2, "c");

        workOnNext();
        workOnNext();
        assertThat(producer().commitCount()).isZero();
        workOnNext();

        assertThat(producer().commitCount()).isEqualTo(1);
        assertThat(producer().history())
                .extracting(ProducerRecord::topic)
                .containsExactly("seal.new-data.dead-letters", "seal.experiences");
        assertThat(committed()).isEqualTo(Map.of(P0, 3L));
    }

    @Test
    void resultIsDroppedWhenThePartitionMovedDuringTheWork() {
        stage.answers(emit(), emit());
        arrives(P0, 0, "d");
        loop.turn();

        consumer.schedulePollTask(() -> consumer.rebalance(List.of(P1)));
        loop.turn();
        stageThread.runNext();
        loop.turn();

        assertThat(producer().history()).isEmpty();
        assertThat(producer().consumerGroupOffsetsHistory()).isEmpty();
        arrives(P1, 0, "e");
        workOnNext();
        assertThat(stage.calls).containsExactly("d", "reset", "e");
        assertThat(committed()).isEqualTo(Map.of(P1, 1L));
    }

    @Test
    void resultIsDroppedAlsoWhenThePartitionMovedAwayAndBack() {
        stage.answers(emit());
        arrives(P0, 5, "d");
        loop.turn();

        consumer.schedulePollTask(() -> consumer.rebalance(List.of()));
        consumer.schedulePollTask(() -> consumer.rebalance(List.of(P0)));
        loop.turn();
        loop.turn();
        stageThread.runNext();
        loop.turn();

        assertThat(producer().history()).isEmpty();
        assertThat(consumer.position(P0))
                .as("what the broker says, not where we were")
                .isZero();
    }

    @Test
    void heldEventsOfPartitionsThatStayAreReadAgainWhenOneMoves() {
        stage.answers(hold(), hold(), emit());
        arrives(P0, 0, "a");
        arrives(P1, 0, "b");
        workOnNext();
        workOnNext();

        consumer.schedulePollTask(() -> consumer.rebalance(List.of(P1)));
        loop.turn();

        assertThat(consumer.position(P1)).isZero();
        arrives(P1, 0, "b");
        workOnNext();
        assertThat(stage.calls).endsWith("reset", "b");
        assertThat(committed()).isEqualTo(Map.of(P1, 1L));
    }

    @Test
    void fencedProducerIsReplacedAndTheWorkDoneAgain() {
        stage.answers(emit(), emit());
        arrives(P0, 0, "d");
        loop.turn();
        stageThread.runNext();
        producer().fenceProducer();

        loop.turn();

        assertThat(producers).hasSize(2);
        assertThat(producers.get(0).closed()).isTrue();
        assertThat(consumer.assignment())
                .as("left the group to learn what is committed")
                .isEmpty();
        consumer.rebalance(List.of(P0, P1));
        arrives(P0, 0, "d");
        workOnNext();
        assertThat(stage.calls).containsExactly("d", "reset", "d");
        assertThat(producer().history()).hasSize(1);
        assertThat(committed()).isEqualTo(Map.of(P0, 1L));
    }

    @Test
    void transactionThatNeverSucceedsStopsTheLoop() {
        stage.answers(emit(), emit(), emit());
        for (int attempt = 1; attempt < ATTEMPTS_MAX; attempt++) {
            commitFails(new TimeoutException("no answer"));
            consumer.rebalance(List.of(P0, P1));
        }
        arrives(P0, 0, "d");
        loop.turn();
        stageThread.runNext();
        producer().commitTransactionException = new TimeoutException("no answer");

        assertThatThrownBy(loop::turn).isInstanceOf(TimeoutException.class);
    }

    @Test
    void resultTooLargeForTheBrokerStopsTheLoopAtOnce() {
        stage.answers(emit());
        arrives(P0, 0, "d");
        loop.turn();
        stageThread.runNext();
        var fault = new KafkaException("in error state", new RecordTooLargeException("20 MB"));
        producer().sendOffsetsToTransactionException = fault;

        assertThatThrownBy(loop::turn).isSameAs(fault);
        assertThat(producers).hasSize(1);
    }

    @Test
    void closingLoopFinishesTheTaskInHandAndTakesNoOther() {
        stage.answers(emit());
        arrives(P0, 0, "d");
        arrives(P0, 1, "e");
        loop.turn();

        closing.begin();
        loop.turn();
        assertThat(loop.working()).isTrue();
        stageThread.runNext();
        loop.turn();
        loop.turn();

        assertThat(loop.working()).isFalse();
        assertThat(stage.calls).containsExactly("d");
        assertThat(committed()).isEqualTo(Map.of(P0, 1L));
    }

    @Test
    void idleGroupCommitsThePositionBehindATransactionsMarker() {
        // Given
        stage.answers(emit());
        arrives(P0, 0, "d");
        workOnNext();

        // When
        consumer.seek(P0, 2);
        loop.turn();

        // Then
        assertThat(consumer.committed(Set.of(P0)).get(P0).offset()).isEqualTo(2);
    }

    @Test
    void nothingIsCommittedWhileRecordsAreHeld() {
        // Given
        stage.answers(hold());
        arrives(P0, 0, "d");
        workOnNext();

        // When
        consumer.seek(P0, 2);
        loop.turn();

        // Then
        assertThat(consumer.committed(Set.of(P0))).isEmpty();
        assertThat(producer().consumerGroupOffsetsHistory()).isEmpty();
    }

    /** One record whose transaction fails. */
    private void commitFails(RuntimeException fault) {
        arrives(P0, 0, "d");
        loop.turn();
        stageThread.runNext();
        producer().commitTransactionException = fault;
        loop.turn();
    }

    private void arrives(TopicPartition partition, long offset, String dataId) {
        byte[] value = codec.encode(Topics.NEW_DATA, Events.datum(dataId));
        consumer.addRecord(
                new ConsumerRecord<>(partition.topic(), partition.partition(), offset, dataId.getBytes(), value));
    }

    /** Polls a record, lets the stage work on it and settles the result. */
    private void workOnNext() {
        loop.turn();
        stageThread.runNext();
        loop.turn();
    }

    private MockProducer<byte[], byte[]> newProducer() {
        var producer = new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        producers.add(producer);
        return producer;
    }

    private MockProducer<byte[], byte[]> producer() {
        return producers.get(producers.size() - 1);
    }

    /** Offsets of the last committed transaction of the producer in use. */
    private Map<TopicPartition, Long> committed() {
        var history = producer().consumerGroupOffsetsHistory();
        return history.get(history.size() - 1).values().stream()
                .flatMap(offsets -> offsets.entrySet().stream())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, offset -> ((OffsetAndMetadata) offset.getValue()).offset()));
    }

    private static String header(ProducerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value());
    }
}
