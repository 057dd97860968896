package dev.sealstream.eventstreaming;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EventSignatureTest {
    private final EventCodec codec = EventCodec.withoutRegistry();
    private final byte[] value = codec.encode(Topics.CHECKPOINTS, Events.released(1, Events.BASE_HASH));

    @TempDir
    private Path directory;

    private TestKeys gate;
    private EventVerifier verifier;

    @BeforeEach
    void makeKeys() {
        gate = TestKeys.in(directory, "gate");
        verifier = EventVerifier.of(gate.publicKey());
    }

    @Test
    void whatTheGateSignedIsBelieved() {
        assertThat(verifier.objection(signed(gate, Topics.CHECKPOINTS, value))).isEmpty();
    }

    @Test
    void whatIsNotSignedIsNot() {
        assertThat(verifier.objection(record(Topics.CHECKPOINTS, value))).isEqualTo("it is not signed");
        assertThat(EventVerifier.NONE.objection(record(Topics.CHECKPOINTS, value)))
                .as("where nobody asks")
                .isEmpty();
    }

    @Test
    void everyByteOfTheEventCounts() {
        var record = signed(gate, Topics.CHECKPOINTS, value);
        for (int i = 5; i < value.length; i++) {
            byte[] changed = value.clone();
            changed[i] ^= 1;
            var other = record(Topics.CHECKPOINTS, changed);
            record.headers().forEach(header -> other.headers().add(header));

            assertThat(verifier.objection(other)).as("byte " + i).contains("not one of the 1 known keys");
        }
    }

    @Test
    void malformedRecordIsNotBelievedAndStopsNoReader() {
        for (byte[] malformed : new byte[][] {null, {}, {0, 1}}) {
            var record = record(Topics.CHECKPOINTS, malformed);
            record.headers().add(EventSignature.HEADER, new byte[64]).add(EventSignature.PREVIOUS, new byte[0]);
            assertThat(verifier.objection(record)).contains("not one of the 1 known keys");
        }
        var endless = record(Topics.CHECKPOINTS, value);
        endless.headers().add(EventSignature.HEADER, new byte[64]).add(EventSignature.PREVIOUS, new byte[200]);
        assertThat(verifier.objection(endless)).contains("not one of the 1 known keys");
        var empty = record(Topics.CHECKPOINTS, value);
        empty.headers().add(EventSignature.HEADER, null);
        assertThat(verifier.objection(empty)).isEqualTo("it is not signed");
    }

    @Test
    void signatureBeforeItCountsAndIsNoPartOfTheEvent() {
        // Given
        var signer = EventSigner.of(gate.privateKey());
        byte[] first = signer.sign(Topics.CHECKPOINTS, value).bytes();
        var second = record(Topics.CHECKPOINTS, value);
        signer.sign(Topics.CHECKPOINTS, value, first).addTo(second.headers());

        // Then
        assertThat(verifier.objection(second)).isEmpty();
        second.headers().remove(EventSignature.PREVIOUS).add(EventSignature.PREVIOUS, new byte[0]);
        assertThat(verifier.objection(second)).isNotEmpty();
        byte[] joined = ByteBuffer.allocate(value.length + first.length)
                .put(value, 0, 5)
                .put(first)
                .put(value, 5, value.length - 5)
                .array();
        var shifted = record(Topics.CHECKPOINTS, joined);
        second.headers().forEach(header -> shifted.headers().add(header));
        assertThat(verifier.objection(shifted))
                .as("its signature taken for the event's beginning")
                .isNotEmpty();
    }

    @Test
    void schemaIdMayChangeWhereATopicIsCopied() {
        var record = signed(gate, Topics.CHECKPOINTS, value);
        byte[] copied = value.clone();
        copied[4] += 7;
        var copy = record(Topics.CHECKPOINTS, copied);
        record.headers().forEach(header -> copy.headers().add(header));

        assertThat(verifier.objection(copy)).isEmpty();
    }

    @Test
    void signatureOfAnotherTopicOrKeyIsNone() {
        var onAnotherTopic = record(Topics.CHECKPOINTS, value);
        signed(gate, Topics.CANDIDATES, value)
                .headers()
                .forEach(header -> onAnotherTopic.headers().add(header));

        assertThat(verifier.objection(onAnotherTopic)).isNotEmpty();
        assertThat(verifier.objection(signed(TestKeys.in(directory, "eve"), Topics.CHECKPOINTS, value)))
                .isNotEmpty();
    }

    @Test
    void keysCanBeReplacedOneAfterTheOther() throws IOException {
        // Given
        var next = TestKeys.in(directory, "next");
        var both = Files.writeString(
                directory.resolve("both.pub"), Files.readString(gate.publicKey()) + Files.readString(next.publicKey()));

        // Then
        assertThat(EventVerifier.of(both).objection(signed(gate, Topics.CHECKPOINTS, value)))
                .isEmpty();
        assertThat(EventVerifier.of(both).objection(signed(next, Topics.CHECKPOINTS, value)))
                .isEmpty();
    }

    @Test
    void fileThatHoldsNoKeyIsRefusedByNameAndNeverShown() throws IOException {
        var file = Files.writeString(
                directory.resolve("wrong.key"), "-----BEGIN PRIVATE KEY-----\naHVzaA==\n-----END PRIVATE KEY-----");

        assertThatThrownBy(() -> EventSigner.of(file))
                .hasMessageContaining("wrong.key is not an Ed25519 key in PKCS #8")
                .hasMessageNotContaining("aHVzaA")
                .hasNoCause();
        assertThatThrownBy(() -> EventVerifier.of(file)).hasMessageContaining("holds no public key");
        assertThatThrownBy(() -> EventSigner.of(directory.resolve("absent.key")))
                .hasMessageContaining("absent.key");
    }

    private ConsumerRecord<byte[], byte[]> signed(TestKeys keys, Topic<?> topic, byte[] event) {
        var record = record(Topics.CHECKPOINTS, event);
        EventSigner.of(keys.privateKey()).sign(topic, event).addTo(record.headers());
        return record;
    }

    private static ConsumerRecord<byte[], byte[]> record(Topic<?> topic, byte[] event) {
        return new ConsumerRecord<>(topic.name(), 0, 0, null, event);
    }
}
