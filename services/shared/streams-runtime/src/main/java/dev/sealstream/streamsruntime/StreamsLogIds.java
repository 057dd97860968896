package dev.sealstream.streamsruntime;

import dev.sealstream.eventstreaming.LogIds;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** {@link LogIds} of the record a topology works on. */
public final class StreamsLogIds {
    private StreamsLogIds() {}

    /** @throws IllegalStateException outside of the processing of a record */
    public static LogIds of(ProcessorContext<?, ?> context) {
        var place = context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("no record is being processed; call this in process()"));
        return LogIds.of(place.topic(), place.partition(), place.offset());
    }
}
