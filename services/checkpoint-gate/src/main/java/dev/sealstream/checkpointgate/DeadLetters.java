package dev.sealstream.checkpointgate;

import dev.sealstream.eventstreaming.DeadLetter;
import dev.sealstream.eventstreaming.InvalidEventException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Turns a record that cannot be worked on into a dead letter: as it came, with the reason in further headers. */
final class DeadLetters {
    private static final String STAGE = "checkpoint-gate";

    private DeadLetters() {}

    static Record<byte[], byte[]> of(
            Record<byte[], byte[]> record, ProcessorContext<?, ?> context, InvalidEventException invalid) {
        String origin = context.recordMetadata()
                .map(place -> place.topic() + "-" + place.partition() + "@" + place.offset())
                .orElse("unknown");
        var headers = new RecordHeaders(record.headers());
        DeadLetter.explain(headers, origin, STAGE, invalid, 1);
        return record.withHeaders(headers);
    }
}
