package dev.sealstream.devstack.events;

import dev.sealstream.domain.NewData;
import dev.sealstream.eventstreaming.Topic;
import dev.sealstream.eventstreaming.Topics;

import java.time.Duration;
import java.util.List;

/** A client of the topics: documents in, events out. */
public interface EventLink extends AutoCloseable {

    /** Hands events to the broker; returns when all are acknowledged. */
    <E> void send(Topic<E> topic, List<E> events);

    /** Hands documents to the broker; returns when all are acknowledged. */
    default void send(List<NewData> documents) {
        send(Topics.NEW_DATA, documents);
    }

    /** Whether all that the followed topics held at first has been polled; always so for a link that begins at their end. */
    default boolean isCaughtUp() {
        return true;
    }

    /** Events that arrived on the followed topics since the last call, at the latest after the given time. */
    List<Object> poll(Duration atMost);

    @Override
    void close();
}
