package dev.sealstream.streamsruntime;

import dev.sealstream.eventstreaming.RecordTrace;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** {@link RecordTrace} of the record a topology works on. */
public final class StreamsTraces {
    private StreamsTraces() {}

    /**
     * @param stage who works
     * @throws IllegalStateException outside of the processing of a record
     */
    public static RecordTrace begin(String stage, ProcessorContext<?, ?> context, Record<?, ?> record) {
        var place = context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("no record is being processed; call this in process()"));
        return RecordTrace.begin(stage, place.topic(), place.partition(), place.offset(), record.headers());
    }
}
