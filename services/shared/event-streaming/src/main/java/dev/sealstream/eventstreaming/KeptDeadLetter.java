package dev.sealstream.eventstreaming;

import org.apache.kafka.common.header.Header;

import java.time.Instant;
import java.util.List;

/**
 * A dead letter where it is kept.
 *
 * @param topic the topic it came from
 * @param offset its place among the dead letters of the topic, which have one partition
 * @param since when it was written
 * @param came the record's own headers
 * @param replay the last time it was sent back; null if never
 */
public record KeptDeadLetter(
        Topic<?> topic, long offset, Instant since, DeadLetter letter, List<Header> came, Replay replay) {

    /** A person sent it back to its topic. */
    public record Replay(Instant at, String by) {}

    public KeptDeadLetter {
        came = List.copyOf(came);
    }

    KeptDeadLetter replayed(Replay again) {
        return new KeptDeadLetter(topic, offset, since, letter, came, again);
    }
}
