package dev.sealstream.eventstreaming;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** Asks a broker for topics once, to hear at the start whether it lets this client in and shows them to it. */
public final class BrokerCheck {
    private BrokerCheck() {}

    /**
     * Returns when the broker answered, whatever else it said: topics that are missing may still come.
     *
     * @throws AccessRefusedException if the broker refuses the client, or does not show it one of the topics
     */
    public static void require(KafkaSettings kafka, Collection<String> topics, BrokerAccess access)
            throws InterruptedException {
        try (var admin = Admin.create(kafka.with(Map.of()))) {
            for (var description :
                    admin.describeTopics(topics).topicNameValues().values()) {
                description.get();
            }
        } catch (ExecutionException | KafkaException fault) {
            var refused = access.explain(fault);
            if (refused.isPresent()) {
                throw refused.get();
            }
        }
    }
}
