package dev.sealstream.deployment;

import dev.sealstream.eventstreaming.Topic;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What one service does on the broker, and so all that it may do there.
 *
 * @param service name of the service's folder
 * @param intakes what it reads as a member of a group; results are written in transactions
 * @param logs what it reads from the beginning, without a group
 * @param writes topics it writes, dead letters aside
 * @param streams whether it is a Kafka Streams application, which keeps state in topics of its own
 */
public record ServiceAccess(
        String service, List<Intake> intakes, Set<Topic<?>> logs, Set<Topic<?>> writes, boolean streams) {

    public ServiceAccess {
        intakes = List.copyOf(intakes);
        logs = Set.copyOf(logs);
        writes = Set.copyOf(writes);
    }

    /** Everything it reads, in the order of the catalogue. */
    public Set<Topic<?>> reads() {
        var reads = new LinkedHashSet<Topic<?>>(logs);
        intakes.forEach(intake -> reads.add(intake.topic()));
        return reads;
    }
}
