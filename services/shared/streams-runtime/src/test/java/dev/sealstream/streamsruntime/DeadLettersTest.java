package dev.sealstream.streamsruntime;

import dev.sealstream.eventstreaming.DeadLetter;
import dev.sealstream.eventstreaming.InvalidEventException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class DeadLettersTest {
    private static final byte[] KEY = {1};
    private static final byte[] VALUE = {2, 3};

    private final MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
    private final DeadLetters deadLetters = new DeadLetters("a-stage");

    @Test
    void recordStaysAsItCameAndSaysWhereItWasWhoRefusedItAndWhy() {
        // Given
        context.setRecordMetadata("seal.outcomes", 4, 17);
        var headers = new RecordHeaders().add("trace", "abc".getBytes(StandardCharsets.UTF_8));
        var record = new Record<>(KEY, VALUE, 1_000L, headers);

        // When
        var letter = deadLetters.of(record, context, new InvalidEventException("groupSize is 0; allowed: 1 or more"));

        // Then
        assertThat(letter.key()).isEqualTo(KEY);
        assertThat(letter.value()).isEqualTo(VALUE);
        assertThat(letter.timestamp()).isEqualTo(1_000L);
        assertThat(text(letter.headers(), "trace")).isEqualTo("abc");
        assertThat(text(letter.headers(), DeadLetter.ORIGIN)).isEqualTo("seal.outcomes-4@17");
        assertThat(text(letter.headers(), DeadLetter.STAGE)).isEqualTo("a-stage");
        assertThat(text(letter.headers(), DeadLetter.REASON)).isEqualTo("groupSize is 0; allowed: 1 or more");
        assertThat(headers.toArray()).as("headers of the record itself").hasSize(1);
    }

    @Test
    void recordOfUnknownOriginSaysSo() {
        // When
        var letter = deadLetters.of(new Record<>(KEY, VALUE, 0L), context, new InvalidEventException("empty"));

        // Then
        assertThat(text(letter.headers(), DeadLetter.ORIGIN)).isEqualTo("unknown");
    }

    private static String text(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
