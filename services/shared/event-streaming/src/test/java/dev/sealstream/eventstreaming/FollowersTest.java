package dev.sealstream.eventstreaming;

import dev.sealstream.domain.CheckpointDecision;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Reading whole logs, and the head of a lineage as a fold over one. */
class FollowersTest {
    private static final TopicPartition LOG = new TopicPartition(Topics.CHECKPOINTS.name(), 0);

    private static final BrokerAccess ACCESS =
            BrokerAccess.reading(KafkaSettings.of("broker:9092", "http://registry"), LOG.topic());

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final MemorySchemas schemas = new MemorySchemas();
    private final EventCodec codec = new EventCodec(schemas);
    private final LogReader<CheckpointDecision> reader =
            new LogReader<>(Topics.CHECKPOINTS, codec, new RawLog(consumer, LOG.topic(), ACCESS), EventVerifier.NONE);
    private long end;

    @BeforeEach
    void emptyLog() {
        consumer.updatePartitions(
                LOG.topic(), List.of(new PartitionInfo(LOG.topic(), 0, Node.noNode(), new Node[0], new Node[0])));
        consumer.updateBeginningOffsets(Map.of(LOG, 0L));
        consumer.updateEndOffsets(Map.of(LOG, 0L));
        reader.readNew();
    }

    @Test
    void eachCallReturnsWhatIsNew() {
        var first = Events.released(1, Events.BASE_HASH);
        var second = Events.released(2, first.weightsHash());

        append(codec.encode(Topics.CHECKPOINTS, first));
        assertThat(reader.readNew()).containsExactly(first);
        assertThat(reader.readNew()).isEmpty();
        append(codec.encode(Topics.CHECKPOINTS, second));
        assertThat(reader.readNew()).containsExactly(second);
    }

    @Test
    void invalidRecordsAreSkipped() {
        var sound = Events.released(1, Events.BASE_HASH);

        append(new byte[] {1, 2, 3});
        append(codec.encode(Topics.CHECKPOINTS, sound));

        assertThat(reader.readNew()).containsExactly(sound);
    }

    @Nested
    class WhereDecisionsAreSigned {
        private final byte[] none = {};
        private final CheckpointDecision first = Events.released(1, Events.BASE_HASH);
        private final CheckpointDecision back =
                new CheckpointDecision.RolledBack("main", 0, Events.BASE_HASH, "Ada", "forgot too much");
        private final CheckpointDecision forth = new CheckpointDecision.RolledBack(
                "main", 1, Events.released(1, Events.BASE_HASH).weightsHash(), "Ada", "no");

        @TempDir
        private Path directory;

        private TestKeys gate;
        private LogReader<CheckpointDecision> verifying;

        @BeforeEach
        void makeKeys() {
            gate = TestKeys.in(directory, "gate");
            verifying = new LogReader<>(
                    Topics.CHECKPOINTS,
                    codec,
                    new RawLog(consumer, LOG.topic(), ACCESS),
                    EventVerifier.of(gate.publicKey()));
        }

        @Test
        void whatTheGateDidNotSignIsVoid() {
            // When
            FollowersTest.this.append(codec.encode(Topics.CHECKPOINTS, back));
            signed(first, none);
            FollowersTest.this.append(codec.encode(Topics.CHECKPOINTS, back));

            // Then
            assertThat(verifying.readNew()).containsExactly(first);
        }

        @Test
        void whatTheGateSignedOnceDoesNotCountTwice() {
            // Given
            byte[] one = signed(first, none);
            var old = record(back, one);
            byte[] two = append(old);
            byte[] three = signed(forth, two);
            assertThat(verifying.readNew()).containsExactly(first, back, forth);

            // When
            append(old);
            signed(first, none);
            byte[] four = signed(back, three);
            append(old);
            signed(forth, four);

            // Then
            assertThat(verifying.readNew()).containsExactly(back, forth);
        }

        @Test
        void lineagesFollowThemselvesAlone() {
            var other = new CheckpointDecision.RolledBack("other", 0, Events.BASE_HASH, "Ada", "forgot too much");

            byte[] one = signed(first, none);
            signed(other, none);
            signed(back, one);

            assertThat(verifying.readNew()).containsExactly(first, other, back);
        }

        @Test
        void keyOfARecordDoesNotChangeItsLineage() {
            // Given
            signed(first, none);

            // When
            var again = record(first, none);
            var elsewhere = new ConsumerRecord<>(LOG.topic(), 0, end, "elsewhere".getBytes(), again.value());
            again.headers().forEach(header -> elsewhere.headers().add(header));
            append(elsewhere);

            // Then
            assertThat(verifying.readNew()).containsExactly(first);
        }

        @Test
        void missingRecordEndsWhatCanBeFollowed() {
            byte[] one = signed(first, none);
            byte[] lost = sign(back, one).bytes();
            signed(forth, lost);

            assertThat(verifying.readNew()).containsExactly(first);
        }

        @Test
        void chainStandsWhereItStoodWhenTheRegistryFailsWhileReading() {
            byte[] one = signed(first, none);
            signed(back, one);
            schemas.failNext(1);

            assertThatThrownBy(verifying::readNew).isInstanceOf(TransientFaultException.class);
            assertThat(verifying.readNew()).containsExactly(first, back);
        }

        private byte[] signed(CheckpointDecision decision, byte[] previous) {
            return append(record(decision, previous));
        }

        private byte[] append(ConsumerRecord<byte[], byte[]> record) {
            FollowersTest.this.append(
                    record.key(), record.value(), record.headers().toArray());
            return record.headers().lastHeader(EventSignature.HEADER).value();
        }

        private ConsumerRecord<byte[], byte[]> record(CheckpointDecision decision, byte[] previous) {
            byte[] value = codec.encode(Topics.CHECKPOINTS, decision);
            var record = new ConsumerRecord<>(LOG.topic(), 0, end, "main".getBytes(), value);
            sign(decision, previous).addTo(record.headers());
            return record;
        }

        private EventSignature sign(CheckpointDecision decision, byte[] previous) {
            return EventSigner.of(gate.privateKey())
                    .sign(Topics.CHECKPOINTS, codec.encode(Topics.CHECKPOINTS, decision), previous);
        }
    }

    @Test
    void eventsAreNotLostWhenTheRegistryFailsWhileReading() {
        var sound = Events.released(1, Events.BASE_HASH);
        append(codec.encode(Topics.CHECKPOINTS, sound));
        schemas.failNext(1);

        assertThatThrownBy(reader::readNew).isInstanceOf(TransientFaultException.class);
        assertThat(reader.readNew()).containsExactly(sound);
    }

    @Test
    void topicThatDoesNotExistIsATransientFaultWithTheRemedy() {
        var log = new RawLog(new MockConsumer<>("earliest"), "seal.nowhere", ACCESS);

        assertThatThrownBy(log::readNew)
                .isInstanceOf(TransientFaultException.class)
                .hasMessageContaining("seal.nowhere", ACCESS)
                .hasMessageContaining("create the topics");
    }

    @Test
    void lineageFollowsReleasesAndRollbacks() {
        var follower = new LineageFollower(reader, Events.BASE_HASH);
        var first = Events.released(1, Events.BASE_HASH);
        append(codec.encode(Topics.CHECKPOINTS, first));
        append(codec.encode(Topics.CHECKPOINTS, Events.released(2, first.weightsHash())));

        follower.refresh();
        assertThat(follower.lineage("main").version()).isEqualTo(2);
        append(codec.encode(
                Topics.CHECKPOINTS,
                new CheckpointDecision.RolledBack("main", 1, first.weightsHash(), "Ada", "forgot too much")));
        follower.refresh();

        assertThat(follower.lineage("main").version()).isEqualTo(1);
        assertThat(follower.lineage("main").weightsHash()).isEqualTo(first.weightsHash());
        assertThat(follower.lineage("main").chain(1)).containsExactly(first);
        assertThat(follower.lineage("main").has(2)).isTrue();
        assertThat(follower.lineage("other").weightsHash()).isEqualTo(Events.BASE_HASH);
    }

    @Test
    void newestSnapshotOfAVersionIsFoundByItsWeights() {
        var snapshots = new MockConsumer<byte[], byte[]>("earliest");
        var partition = new TopicPartition(Topics.SNAPSHOTS.name(), 0);
        snapshots.updatePartitions(
                partition.topic(),
                List.of(new PartitionInfo(partition.topic(), 0, Node.noNode(), new Node[0], new Node[0])));
        snapshots.updateBeginningOffsets(Map.of(partition, 0L));
        snapshots.updateEndOffsets(Map.of(partition, 0L));
        var follower = new SnapshotFollower(new LogReader<>(
                Topics.SNAPSHOTS, codec, new RawLog(snapshots, partition.topic(), ACCESS), EventVerifier.NONE));
        follower.refresh();
        var taken = Events.snapshot(16);

        snapshots.addRecord(new ConsumerRecord<>(
                partition.topic(), 0, 0, "main".getBytes(), codec.encode(Topics.SNAPSHOTS, taken)));
        snapshots.updateEndOffsets(Map.of(partition, 1L));
        assertThat(follower.byWeightsHash()).isEmpty();
        follower.refresh();

        assertThat(follower.byWeightsHash()).isEqualTo(Map.of(taken.weightsHash(), taken));
    }

    private void append(byte[] value) {
        append("main".getBytes(), value);
    }

    private void append(byte[] key, byte[] value, Header... headers) {
        var record = new ConsumerRecord<>(LOG.topic(), 0, end, key, value);
        List.of(headers).forEach(record.headers()::add);
        consumer.addRecord(record);
        end++;
        consumer.updateEndOffsets(Map.of(LOG, end));
    }
}
