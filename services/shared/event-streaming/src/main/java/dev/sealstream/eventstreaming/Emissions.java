package dev.sealstream.eventstreaming;

import java.util.ArrayList;
import java.util.List;

/** Events to be written together or not at all, in this order. */
public final class Emissions {

    /** One event and where it goes. */
    public record Emission<E>(Topic<E> topic, E event) {}

    private final List<Emission<?>> emissions = new ArrayList<>();

    public static <E> Emissions of(Topic<E> topic, E event) {
        return new Emissions().add(topic, event);
    }

    /** Adds one more and returns this. */
    public <E> Emissions add(Topic<E> topic, E event) {
        emissions.add(new Emission<>(topic, event));
        return this;
    }

    public List<Emission<?>> list() {
        return List.copyOf(emissions);
    }

    /** The events for one topic, in order. */
    public <E> List<E> to(Topic<E> topic) {
        return emissions.stream()
                .filter(emission -> emission.topic().equals(topic))
                .map(emission -> topic.eventType().cast(emission.event()))
                .toList();
    }

    @Override
    public String toString() {
        return emissions.toString();
    }
}
