package dev.sealstream.eventstreaming;

import org.slf4j.MDC;

/**
 * Puts the ids of the work in hand beside every line that this thread logs until it is closed: in JSON logs one search for an id then
 * finds all that any service said about it. Not nested.
 */
public final class LogIds implements AutoCloseable {
    /** Where the record is: topic-partition@offset, as dead letters name their origin. */
    public static final String RECORD = "record";

    private LogIds() {}

    /** For work on a record, whatever it holds. */
    public static LogIds of(String topic, int partition, long offset) {
        MDC.put(RECORD, topic + "-" + partition + "@" + offset);
        return new LogIds();
    }

    /** Once it is known what the record holds. */
    public LogIds about(Object event) {
        EventIds.of(event).forEach(MDC::put);
        return this;
    }

    @Override
    public void close() {
        MDC.remove(RECORD);
        EventIds.NAMES.forEach(MDC::remove);
    }
}
