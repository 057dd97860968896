package dev.sealstream.eventstreaming;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** Creates the topics of the catalogue and their dead letters; topics that exist stay as they are. */
public final class TopicCreator {
    /** One machine, one broker. */
    public static final short REPLICATION_ALONE = 1;

    private static final Logger LOG = LoggerFactory.getLogger(TopicCreator.class);

    private TopicCreator() {}

    public static void createMissing(String bootstrapServers) {
        createMissing(bootstrapServers, REPLICATION_ALONE, Map.of());
    }

    /**
     * @param replicationFactor copies of each record; with 3 or more, writes need all but one of them
     * @param extra further client settings, such as security
     */
    public static void createMissing(String bootstrapServers, short replicationFactor, Map<String, String> extra) {
        var settings = new HashMap<String, Object>(extra);
        settings.put("bootstrap.servers", bootstrapServers);
        try (var admin = Admin.create(settings)) {
            var wanted = wanted(replicationFactor);
            var partitions = existing(admin);
            var missing = wanted.stream()
                    .filter(topic -> !partitions.containsKey(topic.name()))
                    .toList();
            create(admin, missing);
            wanted.forEach(topic -> warnOnMismatch(topic, partitions.get(topic.name())));
        } catch (ExecutionException e) {
            throw new TransientFaultException(
                    "cannot create topics on broker " + bootstrapServers + ": " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransientFaultException("interrupted while creating topics on broker " + bootstrapServers, e);
        }
    }

    /** Every topic of the catalogue and its dead letters, as they are created: what manifests must agree with. */
    public static List<NewTopic> wanted(short replicationFactor) {
        var topics = new ArrayList<NewTopic>();
        for (var topic : Topics.all()) {
            topics.add(newTopic(
                    topic.name(), topic.partitions(), replicationFactor, topic.retention(), topic.messageBytesMax()));
            topics.add(newTopic(
                    topic.deadLetters(),
                    Topics.DEAD_LETTER_PARTITIONS,
                    replicationFactor,
                    Topics.DEAD_LETTER_RETENTION,
                    Topics.DEAD_LETTER_BYTES_MAX));
        }
        return topics;
    }

    private static NewTopic newTopic(
            String name, int partitions, short replicationFactor, Duration retention, int messageBytesMax) {
        var settings = Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG,
                retention == null ? "-1" : Long.toString(retention.toMillis()),
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(messageBytesMax),
                TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                Integer.toString(Math.max(1, replicationFactor - 1)));
        return new NewTopic(name, Optional.of(partitions), Optional.of(replicationFactor)).configs(settings);
    }

    /** Partitions of every topic there is. */
    private static Map<String, Integer> existing(Admin admin) throws ExecutionException, InterruptedException {
        var names = admin.listTopics().names().get();
        var partitions = new HashMap<String, Integer>();
        admin.describeTopics(names)
                .allTopicNames()
                .get()
                .forEach((name, description) ->
                        partitions.put(name, description.partitions().size()));
        return partitions;
    }

    private static void create(Admin admin, List<NewTopic> missing) throws ExecutionException, InterruptedException {
        for (var creation : admin.createTopics(missing).values().entrySet()) {
            try {
                creation.getValue().get();
                LOG.info("created topic={}", creation.getKey());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    private static void warnOnMismatch(NewTopic wanted, Integer found) {
        if (found != null && found != wanted.numPartitions()) {
            LOG.warn(
                    "topic={} has partitions={}, the catalogue says {}; left alone, since keys would move",
                    wanted.name(),
                    found,
                    wanted.numPartitions());
        }
    }
}
