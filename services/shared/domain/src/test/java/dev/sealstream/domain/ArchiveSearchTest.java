package dev.sealstream.domain;

import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class ArchiveSearchTest {
    private static final ArchiveSearch DARWIN_GOEDEL = new ArchiveSearch(10, 0.5, 0);

    /** The base has score 0.5 and two children; version 1 has 0.7 and one child; 2 has 0.3, 3 has 0.6. */
    private static Lineage tree() {
        var lineage = Lineage.base("main", Examples.BASE_HASH);
        lineage = lineage.after(Examples.archived(lineage, "c1", 0, 0.7));
        lineage = lineage.after(Examples.archived(lineage, "c2", 0, 0.3));
        return lineage.after(Examples.archived(lineage, "c3", 1, 0.6));
    }

    @Test
    void weightsAreThoseOfTheDarwinGoedelMachine() {
        // When
        Map<Long, Double> weights = DARWIN_GOEDEL.weights(tree());

        // Then
        assertThat(weights.get(0L)).isEqualTo(0.5 / 3, within(1e-12));
        assertThat(weights.get(1L)).isEqualTo(1 / (1 + Math.exp(-2)) / 2, within(1e-12));
        assertThat(weights.get(2L)).isEqualTo(1 / (1 + Math.exp(2)), within(1e-12));
        assertThat(weights.get(3L)).isEqualTo(1 / (1 + Math.exp(-1)), within(1e-12));
    }

    @Test
    void versionsAreDrawnByTheirWeights() {
        // Given
        var lineage = tree();
        var weights = DARWIN_GOEDEL.weights(lineage);
        double total =
                weights.values().stream().mapToDouble(Double::doubleValue).sum();
        int draws = 4_000;

        // When
        var drawn = new HashMap<Long, Integer>();
        IntStream.range(0, draws)
                .mapToObj(draw -> DARWIN_GOEDEL.choose(lineage, "candidate " + draw))
                .forEach(choice -> drawn.merge(choice.version(), 1, Integer::sum));

        // Then: seeds are fixed, so this never changes; four standard errors of the largest share
        weights.forEach((version, weight) -> assertThat((double) drawn.get(version) / draws)
                .as("version " + version)
                .isEqualTo(weight / total, within(4 * Math.sqrt(0.25 / draws))));
    }

    @Test
    void choiceFollowsFromTheLogAlone() {
        // When
        var choice = DARWIN_GOEDEL.choose(tree(), "c3");

        // Then
        assertThat(DARWIN_GOEDEL.choose(tree(), "c3")).isEqualTo(choice);
        assertThat(choice.weightsHash()).isEqualTo(tree().weightsHash(choice.version()));
        var weights = DARWIN_GOEDEL.weights(tree());
        double total =
                weights.values().stream().mapToDouble(Double::doubleValue).sum();
        assertThat(choice.probability()).isEqualTo(weights.get(choice.version()) / total, within(1e-12));
    }

    @Test
    void versionWhoseSelfEditsAreAlikeIsChosenLessOften() {
        // Given: two siblings of one score, one of which learnt from self-edits that hardly differ
        var base = Lineage.base("main", Examples.BASE_HASH);
        var one = base.after(of(base, "c1", 0.8));
        var two = one.after(of(one, "c2", 0.2));

        // When
        var without = DARWIN_GOEDEL.weights(two);
        var with = new ArchiveSearch(10, 0.5, 1).weights(two);

        // Then
        assertThat(without.get(1L)).isEqualTo(without.get(2L));
        assertThat(with.get(1L)).isEqualTo(4 * with.get(2L), within(1e-12));
    }

    @Test
    void onlyTheBaseModelCanBeChosenAtFirst() {
        var base = Lineage.base("main", Examples.BASE_HASH);

        var choice = DARWIN_GOEDEL.choose(base, "c1");

        assertThat(choice.version()).isZero();
        assertThat(choice.probability()).isEqualTo(1);
    }

    @Test
    void negativeSharpnessIsRefused() {
        assertThatThrownBy(() -> new ArchiveSearch(-1, 0.5, 0))
                .hasMessageContaining("sharpness is -1.0 and novelty 0.0; allowed: 0 or more each");
    }

    private static CheckpointDecision of(Lineage lineage, String id, double diversity) {
        var some = Estimate.of(0.5, 0.5);
        var alike = Examples.candidate(id, 0, Examples.BASE_HASH, 1);
        var candidate = new CandidateProposed(
                id,
                "main",
                CandidateProposed.Kind.POLICY,
                0,
                Examples.BASE_HASH,
                alike.delta(),
                List.of("g1"),
                0.5,
                1,
                0.1,
                diversity,
                null);
        return new CheckpointDecision.Archived(
                "main",
                lineage.nextVersion(),
                0,
                Examples.BASE_HASH,
                candidate.weightsHashOn(Examples.BASE_HASH),
                candidate,
                new Evidence(some, some, some, List.of(), Examples.size(1), 0.01),
                "no gain");
    }
}
