package dev.sealstream.eventstreaming;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.MDC;

import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LogIdsTest {
    @Test
    void linesWithinTheWorkCarryItsIdsAndLaterOnesDoNot() {
        try (var ids = LogIds.of("seal.self-edits", 2, 41)) {
            assertThat(MDC.get("record")).isEqualTo("seal.self-edits-2@41");

            // When
            ids.about(Events.proposed());

            // Then
            var proposed = Events.proposed();
            assertThat(MDC.get("dataId")).isEqualTo(proposed.datum().dataId());
            assertThat(MDC.get("rolloutGroupId")).isEqualTo(proposed.rolloutGroupId());
            assertThat(MDC.get("lineage")).isEqualTo(proposed.datum().lineage());
        }
        assertThat(Stream.of("record", "dataId", "rolloutGroupId", "lineage").map(MDC::get))
                .containsOnlyNulls();
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyEventOfTheCatalogueHasALineage(Object event) {
        assertThat(EventIds.of(event)).containsKey("lineage");
        assertThat(EventIds.NAMES).containsAll(EventIds.of(event).keySet());
    }

    @Test
    void whatIsNoEventIsRefused() {
        assertThatThrownBy(() -> EventIds.of("text")).hasMessageContaining("no event of the catalogue");
    }

    /** One of each type of the catalogue, which the test of the list itself makes sure of. */
    static Stream<Object> events() {
        return Stream.of(
                        Events.newData().limit(1),
                        Stream.of(
                                Events.proposed(),
                                Events.adaptersTrained(),
                                Events.repeatsWanted(),
                                Events.experience("g"),
                                Events.knowledge(),
                                Events.snapshot(1)),
                        Events.outcomes().limit(1),
                        Events.rewards().limit(1),
                        Events.benchmarks(),
                        Events.personDecisions(),
                        Events.decisions())
                .flatMap(all -> all);
    }

    @Test
    void noTopicIsLeftOut() {
        assertThat(Topics.all()).allSatisfy(topic -> assertThat(events()).anyMatch(topic.eventType()::isInstance));
    }
}
