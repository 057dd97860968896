package dev.sealstream.eventstreaming;

import java.util.List;

/** Reads the dead letters of a topic from the beginning, for people and checks. */
public final class DeadLetterReader implements AutoCloseable {
    private final RawLog log;

    public DeadLetterReader(KafkaSettings kafka, Topic<?> topic) {
        this.log = new RawLog(kafka, topic.deadLetters());
    }

    /** All dead letters committed since the last call. */
    public List<DeadLetter> readNew() {
        return log.readNew().stream()
                .filter(record -> !ReplayMark.is(record))
                .map(DeadLetter::read)
                .toList();
    }

    @Override
    public void close() {
        log.close();
    }
}
