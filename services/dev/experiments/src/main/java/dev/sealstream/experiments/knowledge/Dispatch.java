package dev.sealstream.experiments.knowledge;

import dev.sealstream.devstack.events.EventLink;
import dev.sealstream.eventstreaming.Topic;

import java.util.List;

/** Events that are due to be sent. */
record Dispatch<E>(Topic<E> topic, List<E> events) {
    Dispatch {
        events = List.copyOf(events);
    }

    void sendBy(EventLink link) {
        link.send(topic, events);
    }
}
