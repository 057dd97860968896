package dev.sealstream.eventstreaming;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicAuthorizationException;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
            for (var answer : admin.describeTopics(topics).topicNameValues().entrySet()) {
                var refused = refusal(answer.getKey(), answer.getValue(), access);
                if (refused.isPresent()) {
                    throw refused.get();
                }
            }
        }
    }

    private static Optional<AccessRefusedException> refusal(String topic, KafkaFuture<?> answer, BrokerAccess access)
            throws InterruptedException {
        try {
            answer.get();
            return Optional.empty();
        } catch (ExecutionException fault) {
            // What an administrative client says of a topic does not name it.
            return access.explain(
                    fault.getCause() instanceof TopicAuthorizationException
                            ? new TopicAuthorizationException(Set.of(topic))
                            : fault);
        }
    }
}
