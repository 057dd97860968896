package dev.sealstream.eventstreaming;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DeadLetterTest {
    private static final int HEADER_ROOM = Topics.DEAD_LETTER_BYTES_MAX - Topics.MESSAGE_BYTES_MAX;

    @Test
    void readingGivesWhatWasWritten() {
        var record = new ConsumerRecord<>("seal.updates", 2, 41L, new byte[] {1}, new byte[] {2});

        var letter = DeadLetter.read(consumed(record, new InvalidEventException("too odd"), 3));

        assertThat(letter.key()).containsExactly(1);
        assertThat(letter.value()).containsExactly(2);
        assertThat(letter.origin()).isEqualTo("seal.updates-2@41");
        assertThat(letter.reason()).isEqualTo("too odd");
        assertThat(letter.stage()).isEqualTo("a-stage");
        assertThat(letter.stack()).contains("InvalidEventException: too odd", "DeadLetterTest");
        assertThat(letter.attempt()).isEqualTo(3);
    }

    @Test
    void longReasonsFitIntoTheHeaderRoomOfTheTopic() {
        var record = new ConsumerRecord<>("seal.updates", 0, 0L, new byte[0], new byte[0]);

        var letter = consumed(record, new InvalidEventException("漢".repeat(1_000_000)), 1);

        int bytes = 0;
        for (var header : letter.headers()) {
            bytes += header.key().length() + header.value().length;
        }
        assertThat(bytes).isLessThan(HEADER_ROOM);
    }

    @Test
    void headersThatCameAreToldApartFromOurs() {
        // Given
        var record = new ConsumerRecord<>("seal.updates", 0, 0L, new byte[0], new byte[0]);
        record.headers().add("reason", new byte[] {1}).add("trace", new byte[] {2});

        // When
        var came = DeadLetter.came(
                consumed(record, new InvalidEventException("too odd"), 1).headers());

        // Then
        assertThat(came).extracting(Header::key).containsExactly("reason", "trace");
        assertThat(came.get(0).value()).containsExactly(1);
    }

    @Test
    void recordWithoutOurHeadersReadsAsEmpty() {
        var letter = DeadLetter.read(new ConsumerRecord<>("x.dead-letters", 0, 0L, new byte[0], new byte[0]));

        assertThat(letter.reason()).isEmpty();
        assertThat(letter.attempt()).isZero();
    }

    private static ConsumerRecord<byte[], byte[]> consumed(
            ConsumerRecord<byte[], byte[]> record, Throwable fault, int attempt) {
        var written = DeadLetter.of(record, "a-stage", fault, attempt);
        var read = new ConsumerRecord<>(written.topic(), 0, 0L, written.key(), written.value());
        written.headers().forEach(read.headers()::add);
        return read;
    }
}
