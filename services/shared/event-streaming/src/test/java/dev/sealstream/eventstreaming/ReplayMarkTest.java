package dev.sealstream.eventstreaming;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ReplayMarkTest {
    @Test
    void markSaysWhichLetterWasSentBackAndByWhom() {
        // Given
        var letter = new DeadLetter(null, null, "seal.updates-0@3", "odd", "a-stage", "", 1);
        var kept = new KeptDeadLetter(Topics.UPDATES, 41, Instant.EPOCH, letter, List.of(), null);

        // When
        var mark = read(ReplayMark.of(kept, "Ada"));

        // Then
        assertThat(mark.topic()).isEqualTo("seal.updates.dead-letters");
        assertThat(ReplayMark.is(mark)).isTrue();
        assertThat(ReplayMark.letter(mark)).hasValue(41);
        assertThat(ReplayMark.by(mark)).isEqualTo("Ada");
    }

    @Test
    void letterWhoseRecordCameWithTheHeaderOfAMarkIsStillALetter() {
        // Given
        var record = new ConsumerRecord<byte[], byte[]>("seal.updates", 0, 3, null, null);
        record.headers().add(ReplayMark.REPLAYED, "1".getBytes());

        // When
        var letter = read(DeadLetter.of(record, "a-stage", new InvalidEventException("no value"), 1));

        // Then
        assertThat(ReplayMark.is(letter)).isFalse();
    }

    @Test
    void markThatNamesNoLetterMeansNothing() {
        // Given
        var mark = new ConsumerRecord<byte[], byte[]>("seal.updates.dead-letters", 0, 0, null, null);
        mark.headers().add(ReplayMark.REPLAYED, "the last one".getBytes());

        // Then
        assertThat(ReplayMark.is(mark)).isTrue();
        assertThat(ReplayMark.letter(mark)).isEmpty();
    }

    private static ConsumerRecord<byte[], byte[]> read(ProducerRecord<byte[], byte[]> written) {
        var read = new ConsumerRecord<>(written.topic(), 0, 0L, written.key(), written.value());
        written.headers().forEach(read.headers()::add);
        return read;
    }
}
