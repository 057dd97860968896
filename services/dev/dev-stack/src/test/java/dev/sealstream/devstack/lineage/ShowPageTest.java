package dev.sealstream.devstack.lineage;

import dev.sealstream.domain.ArtifactReference;
import dev.sealstream.domain.LineageHistory;
import dev.sealstream.domain.Sha256;
import dev.sealstream.domain.SnapshotTaken;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class ShowPageTest {
    private final Story story = new Story();

    @Test
    void candidateThatWaitsShowsItsEvidenceSideBySideAndWhatToDo() {
        assertThat(page(Story.WAITING)).isEqualTo("""
                candidate main@4+policy of main

                  candidate   main@4+policy
                  teaches     policy
                  learnt from 2 groups of self-edits with mean reward 0.55, on version 4
                  measured on version 4
                  decision    waits for a person
                  guard       weight change has norm 9, allowed: at most 5

                  closed-book accuracy                              before     after  change in points
                  held-out documents, after own self-edits          50.0 %    75.0 %  +25.0 ± 0.0
                  held-out documents, after the passage alone       40.0 %    50.0 %  +10.0 ± 0.0
                  held-out documents, nothing learnt                10.0 %    10.0 %  +0.0 ± 0.0
                  earlier data, mean of 1                           90.0 %    80.0 %  -10.0
                  earlier data: bern (asked by the model itself)    90.0 %    80.0 %  -10.0

                  weights     changed by norm 9.00, largest singular value 3.00
                  words       diverge by 0.300 nats a token on fixed texts

                  Some answers

                    What is Switzerland's seat of government?  (bern)
                      expected  Bern  (by the model itself)
                      before    Zurich
                      after     Bern

                  ./seal approve main@4+policy --why "…"   or   ./seal reject main@4+policy --why "…\"""");
    }

    @Test
    void versionShowsItsParentWhatIsBuiltOnItAndWhoAgreed() {
        assertThat(page("main@2+policy"))
                .startsWith("version 3 of main\n")
                .contains("  parent      version 2, weights " + story.hashes.get(2L))
                .contains("  weights     " + story.hashes.get(3L))
                .contains("  decision    released")
                .contains("  decided by  Ada: it reads well")
                .doesNotContain("built on it", "./seal approve");
        assertThat(page("main@0+policy")).contains("  built on it version 2, 4");
    }

    @Test
    void versionWithASnapshotSaysSo() {
        // Given
        var weights = new ArtifactReference("artifact:w", 12_300_000, Sha256.hex("w"));
        var history = story.history();
        history.snapshotTaken(
                new SnapshotTaken("main", 3, story.hashes.get(3L), Map.of("model.safetensors", weights), List.of()));

        // When, then
        assertThat(page("main@2+policy", history))
                .contains("  snapshot    1 file of 12.3 MB in the artifact store, unless two newer ones followed");
        assertThat(page("main@1+ada", history)).doesNotContain("snapshot");
    }

    @Test
    void baseModelShowsItsWeightsAndWhatIsBuiltOnIt() {
        assertThat(ShowPage.ofBase(story.history(), Ink.NONE))
                .containsExactly(
                        "version 0 of main: the base model",
                        "",
                        "  weights     " + Story.BASE,
                        "  built on it version 1");
    }

    @Test
    void candidateThatIsNotMeasuredSaysSo() {
        assertThat(page("main@4+later"))
                .contains("decision    none yet: the evaluator has not measured it")
                .doesNotContain("accuracy");
    }

    private String page(String candidateId) {
        return page(candidateId, story.history());
    }

    private static String page(String candidateId, LineageHistory history) {
        return String.join("\n", ShowPage.of(history.candidate(candidateId).orElseThrow(), history, Ink.NONE));
    }
}
