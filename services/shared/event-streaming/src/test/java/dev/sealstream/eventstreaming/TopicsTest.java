package dev.sealstream.eventstreaming;

import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

class TopicsTest {
    private static final Path README = Path.of("..", "..", "..", "schemas", "README.md");

    @Test
    void readmeShowsTheCatalogue() throws Exception {
        String table = Topics.all().stream().map(TopicsTest::row).collect(Collectors.joining("\n"));

        assertThat(Files.readString(README)).contains(table);
    }

    @Test
    void everyTopicHasDeadLettersThatTakeItsLargestRecord() {
        var wanted = TopicCreator.wanted((short) 3).stream().collect(Collectors.toMap(NewTopic::name, t -> t));

        assertThat(wanted).hasSize(2 * Topics.all().size());
        assertThat(Topics.all()).allSatisfy(topic -> {
            int accepted = bytesMax(wanted.get(topic.name()));
            assertThat(accepted).isEqualTo(16 * 1024 * 1024);
            assertThat(bytesMax(wanted.get(topic.deadLetters()))).isGreaterThan(accepted);
        });
    }

    @Test
    void checkpointsAreKeptForEverOnEveryReplicaButOne() {
        var checkpoints = TopicCreator.wanted((short) 3).stream()
                .filter(topic -> topic.name().equals("seal.checkpoints"))
                .findFirst()
                .orElseThrow();

        assertThat(checkpoints.replicationFactor()).isEqualTo((short) 3);
        assertThat(checkpoints.configs())
                .containsEntry("retention.ms", "-1")
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("min.insync.replicas", "2");
    }

    @Test
    void topicsThatStreamsJoinHaveEquallyManyPartitions() {
        assertThat(Topics.all()).extracting(Topic::partitions).containsOnly(1, 12);
        assertThat(Topics.OUTCOMES.partitions()).isEqualTo(Topics.REWARDS.partitions());
    }

    private static String row(Topic<?> topic) {
        return "| `%s` | `%s` | %s | %s | %d | %s |"
                .formatted(
                        topic.name(),
                        AvroSchemas.of(topic).getName(),
                        topic.keyName(),
                        topic.writers(),
                        topic.partitions(),
                        kept(topic.retention()));
    }

    private static String kept(Duration retention) {
        return retention == null ? "for ever" : retention.toDays() + " days";
    }

    private static int bytesMax(NewTopic topic) {
        return Integer.parseInt(topic.configs().get("max.message.bytes"));
    }
}
