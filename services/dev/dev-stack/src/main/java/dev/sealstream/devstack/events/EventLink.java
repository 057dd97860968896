package dev.sealstream.devstack.events;

import dev.sealstream.domain.NewData;

import java.time.Duration;
import java.util.List;

/** A client of the topics: documents in, events out. */
public interface EventLink extends AutoCloseable {

    /** Hands documents to the broker; returns when all are acknowledged. */
    void send(List<NewData> documents);

    /** Events that arrived on the followed topics since the last call, at the latest after the given time. */
    List<Object> poll(Duration atMost);

    @Override
    void close();
}
