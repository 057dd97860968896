package dev.sealstream.deployment;

import dev.sealstream.eventstreaming.Topic;
import dev.sealstream.eventstreaming.Topics;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One Strimzi {@code KafkaUser} for each service, with no right that the service does not need.
 *
 * <p>A group's offsets and its results are written in one transaction, so who reads as a group also has its transactional
 * ids. A Kafka Streams application makes and keeps its changelogs under a prefix of its own. Whoever may refuse a record
 * may write to the dead letters of what it reads, and to no others.
 */
public final class KafkaUserManifests {
    /** As whom people use {@code ./seal}. */
    static final String PEOPLE = "people";

    private static final String REGISTRY_PREFIX = "kafkasql-";

    private KafkaUserManifests() {}

    public static String yaml() {
        var users = Stream.concat(
                ServiceAccesses.all().stream().map(access -> user(access.service(), acls(access))),
                Stream.of(user("registry", registryAcls()), user("keda", lagReaderAcls()), user(PEOPLE, peopleAcls())));
        return Generated.HEADER + users.collect(Collectors.joining("---\n"));
    }

    private static String user(String name, List<String> acls) {
        return """
                apiVersion: kafka.strimzi.io/v1
                kind: KafkaUser
                metadata:
                  name: %s
                  labels:
                    strimzi.io/cluster: %s
                spec:
                  authentication:
                    type: scram-sha-512
                  authorization:
                    type: simple
                    acls:
                """.formatted(name, Generated.CLUSTER) + String.join("", acls);
    }

    private static List<String> acls(ServiceAccess access) {
        var both = names(access.reads(), Topic::name);
        both.retainAll(names(access.writes(), Topic::name));
        var reads = names(access.reads(), Topic::name);
        reads.removeAll(both);
        var writes = names(access.writes(), Topic::name);
        writes.removeAll(both);
        access.intakes().forEach(intake -> writes.add(intake.topic().deadLetters()));

        var acls = Stream.<String>builder();
        both.forEach(topic -> acls.add(acl("topic", topic, false, "Describe", "Read", "Write")));
        reads.forEach(topic -> acls.add(acl("topic", topic, false, "Describe", "Read")));
        writes.forEach(topic -> acls.add(acl("topic", topic, false, "Describe", "Write")));
        if (access.streams()) {
            String ownTopics = access.service() + "-";
            acls.add(acl("topic", ownTopics, true, "Create", "Describe", "DescribeConfigs", "Read", "Write"));
        }
        access.intakes().stream()
                .map(intake -> acl("group", intake.group(), intake.prefix(), "Describe", "Read"))
                .distinct()
                .forEach(acls);
        access.intakes().stream()
                .map(intake -> acl("transactionalId", intake.transactionalIdPrefix(), true, "Describe", "Write"))
                .distinct()
                .forEach(acls);
        return acls.build().toList();
    }

    /** Its journal, snapshots and events, which it creates itself; its consumers have groups of their own. */
    private static List<String> registryAcls() {
        return List.of(
                acl("topic", REGISTRY_PREFIX, true, "Create", "Describe", "DescribeConfigs", "Read", "Write"),
                acl("topic", "registry-events", false, "Create", "Describe", "Write"),
                acl("group", "registry-", true, "Describe", "Read"));
    }

    /** KEDA counts what the scaled groups have not read yet. */
    private static List<String> lagReaderAcls() {
        var scaled = ServiceAccesses.all().stream()
                .flatMap(access -> access.intakes().stream())
                .filter(intake -> !intake.prefix())
                .toList();
        return Stream.concat(
                        scaled.stream()
                                .map(intake -> acl("topic", intake.topic().name(), false, "Describe")),
                        scaled.stream().map(intake -> acl("group", intake.group(), false, "Describe")))
                .distinct()
                .toList();
    }

    /**
     * {@code ./seal send}, {@code watch} and all that looks at lineages and dead letters or decides about a lineage. To send dead
     * letters back is to write what stages write, which only an administrator may.
     */
    private static List<String> peopleAcls() {
        var reads = new TreeSet<>(names(
                List.of(Topics.REWARDS, Topics.CANDIDATES, Topics.BENCHMARKS, Topics.CHECKPOINTS, Topics.SNAPSHOTS),
                Topic::name));
        reads.addAll(names(Topics.all(), Topic::deadLetters));
        return Stream.concat(
                        reads.stream().map(topic -> acl("topic", topic, false, "Describe", "Read")),
                        names(List.of(Topics.NEW_DATA, Topics.APPROVALS), Topic::name).stream()
                                .map(topic -> acl("topic", topic, false, "Describe", "Write")))
                .toList();
    }

    private static TreeSet<String> names(Collection<Topic<?>> topics, Function<Topic<?>, String> name) {
        return topics.stream().map(name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String acl(String type, String name, boolean prefix, String... operations) {
        return """
                      - resource:
                          type: %s
                          name: %s
                          patternType: %s
                        operations: [%s]
                """.formatted(type, name, prefix ? "prefix" : "literal", String.join(", ", operations));
    }
}
