package dev.sealstream.deployment;

import dev.sealstream.eventstreaming.Topic;
import dev.sealstream.eventstreaming.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** What the catalogue of accesses says is what the services' classes, sources and table say. */
class ServiceAccessesTest {
    private static final Pattern TOPIC = Pattern.compile("`(seal\\.[a-z-]+)`");

    @Test
    void everyServiceHasOneAndNothingElseHas() {
        assertThat(ServiceAccesses.all()).extracting(ServiceAccess::service).hasSameElementsAs(Repository.services());
    }

    @ParameterizedTest
    @MethodSource("services")
    void topicsAreThoseTheCodeNames(String service) {
        // Given
        var access = ServiceAccesses.of(service);

        // When
        var allowed = names(access.reads());
        allowed.addAll(names(access.writes()));

        // Then
        assertThat(new ServiceCode(service).topics()).isEqualTo(allowed);
    }

    @ParameterizedTest
    @MethodSource("services")
    void groupsAreThoseTheSourcesName(String service) {
        // Given
        var code = new ServiceCode(service);

        // When
        var access = ServiceAccesses.of(service);

        // Then
        assertThat(access.streams()).isEqualTo(code.isStreamsApplication());
        if (access.streams()) {
            assertThat(access.intakes())
                    .extracting(Intake::group)
                    .containsOnly(service)
                    .containsOnly(code.applicationProperties().get("quarkus.kafka-streams.application-id"));
        } else {
            assertThat(access.intakes().stream().map(ServiceAccessesTest::words).collect(Collectors.toSet()))
                    .isEqualTo(code.intakes());
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void directionsAreThoseOfTheTable(String service) {
        // Given
        var access = ServiceAccesses.of(service);
        var row = Repository.text("services/README.md")
                .lines()
                .filter(line -> line.startsWith("| [" + service + "]"))
                .map(line -> line.split("\\|"))
                .findFirst()
                .orElseThrow();

        // When
        var reads = topics(row[2]);
        if (new ServiceCode(service).holdsAModel()) {
            reads.add(Topics.CHECKPOINTS.name());
            reads.add(Topics.SNAPSHOTS.name());
        }

        // Then
        assertThat(reads).isEqualTo(names(access.reads()));
        assertThat(topics(row[3])).isEqualTo(names(access.writes()));
    }

    @ParameterizedTest
    @MethodSource("streamsApplications")
    void processingWaitsForEveryTopicOfAStreamsApplication(String service) {
        // Given
        var access = ServiceAccesses.of(service);
        var all = names(access.reads());
        all.addAll(names(access.writes()));
        access.intakes().forEach(intake -> all.add(intake.topic().deadLetters()));

        // When
        var awaited = new ServiceCode(service).applicationProperties().get("quarkus.kafka-streams.topics");

        // Then
        assertThat(Set.of(awaited.split(","))).isEqualTo(all);
    }

    static List<String> services() {
        return Repository.services();
    }

    static List<String> streamsApplications() {
        return Repository.services().stream()
                .filter(service -> new ServiceCode(service).isStreamsApplication())
                .toList();
    }

    private static String words(Intake intake) {
        return intake.group() + (intake.prefix() ? "*" : "") + " reads "
                + intake.topic().name();
    }

    private static TreeSet<String> names(Collection<Topic<?>> topics) {
        return topics.stream().map(Topic::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static TreeSet<String> topics(String cell) {
        return TOPIC.matcher(cell)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
