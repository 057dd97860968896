package dev.sealstream.devstack.lineage;

import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.LineageHistory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GraphPageTest {
    @Test
    void branchesMeetAtTheirParent() {
        // When
        var lines = GraphPage.of(new Story().history(), Ink.NONE);

        // Then
        assertThat(String.join("\n", lines)).isEqualTo("""
                Lineage main: the head is version 4; 4 released, 1 rejected, 1 waits for a person

                ?  main@4+policy  policy  waits for a person
                *  version 4 (head)  knowledge of bern  +75.0 on its own questions
                | *  version 3  policy  +9.0 ± 0.4, approved by Ada
                | | x  main@2+worse  policy  rejected: gain on the benchmark is too small
                | |/
                | *  version 2  knowledge of ada  +75.0 on its own questions
                |/
                *  version 1  policy  +10.0 ± 0.4
                *  version 0  the base model""");
    }

    @Test
    void columnThatMeetsAFarOneCrossesThoseBetweenAndMovesThoseBeyond() {
        // Given: versions 1, 2 and 4 on the base model, versions 3 and 5 on version 1
        var story = new Story();
        var history = new LineageHistory("main", 100);
        var first = story.release(1, Story.policy("a", 0), Story.evidence(0, 0), null);
        story.hashes.put(1L, first.weightsHash());
        history.decided(first);
        history.decided(story.release(2, Story.policy("b", 0), Story.evidence(0, 0), null));
        history.decided(story.release(3, Story.policy("c", 1), Story.evidence(0, 0), null));
        history.decided(story.release(4, Story.policy("d", 0), Story.evidence(0, 0), null));
        history.decided(story.release(5, Story.policy("e", 1), Story.evidence(0, 0), null));

        // When
        var lines = GraphPage.of(history, Ink.NONE);

        // Then
        assertThat(String.join("\n", lines.subList(2, lines.size())).replaceAll("  policy.*|  the base.*", ""))
                .isEqualTo("""
                *  version 5 (head)
                | *  version 4
                | | *  version 3
                | | | *  version 2
                |_|/ /
                * | |  version 1
                |/ /
                |/
                *  version 0""");
    }

    @Test
    void versionOfTheArchiveIsAnOpenDotAndTheNextParentIsMarked() {
        // Given
        var story = new Story();
        var history = new LineageHistory("main", 100);
        var archived = story.archived(1, Story.policy("a", 0), Story.evidence(0, 0));
        history.decided(archived);
        history.decided(new CheckpointDecision.ParentChosen("main", 1, archived.weightsHash(), 0.5));
        var lines = GraphPage.of(history, Ink.NONE);

        // Then
        assertThat(lines)
                .containsExactly(
                        "Lineage main: the head is the base model; 0 released, 1 archived, 0 rejected, 0 wait for a person",
                        "",
                        "o  version 1 (next parent)  policy  +0.0 ± 0.4, archived",
                        "*  version 0 (head)  the base model");
    }

    @Test
    void emptyLineageIsTheBaseModel() {
        // When
        var lines = GraphPage.of(new LineageHistory("main", 1), Ink.NONE);

        // Then
        assertThat(lines)
                .containsExactly(
                        "Lineage main: the head is the base model; 0 released, 0 rejected, 0 wait for a person",
                        "",
                        "*  version 0 (head)  the base model");
    }
}
