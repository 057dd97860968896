package dev.sealstream.streamsruntime;

import dev.sealstream.eventstreaming.DeadLetter;
import dev.sealstream.eventstreaming.InvalidEventException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Turns a record that cannot be worked on into a dead letter: as it came, with the reason in further headers. */
public final class DeadLetters {
    private final String stage;

    /** @param stage who refuses the records, such as {@code reward-emitter} */
    public DeadLetters(String stage) {
        this.stage = stage;
    }

    /** The record to forward to the dead letters of its topic. */
    public Record<byte[], byte[]> of(
            Record<byte[], byte[]> record, ProcessorContext<?, ?> context, InvalidEventException invalid) {
        String origin = context.recordMetadata()
                .map(place -> place.topic() + "-" + place.partition() + "@" + place.offset())
                .orElse("unknown");
        var headers = new RecordHeaders(record.headers());
        DeadLetter.explain(headers, origin, stage, invalid, 1);
        return record.withHeaders(headers);
    }
}
