package dev.sealstream.integrationtests;

import dev.sealstream.domain.GradedAnswer;
import dev.sealstream.domain.Reliability;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** The reliability of SEAL's own rewards, from the rollouts of its first round. */
class GoldenReliabilityTest {

    @Test
    void sealsRewardsAreAsReliableAsReported() {
        // Given
        var round = GoldenReplay.roundsOrSkip().get(0);
        var groups = round.articles().stream()
                .map(article -> article.completions().stream()
                        .map(completion -> accuracies(completion.repeats()))
                        .toList())
                .toList();

        // When
        var reliability = Reliability.of(groups);

        // Then
        assertThat(reliability.ofMeanOver(1)).isCloseTo(0.13, within(0.005));
        assertThat(reliability.ofMeanOver(3)).isCloseTo(0.32, within(0.005));
        assertThat(reliability.selfEdits()).isEqualTo(250);
    }

    private static double[] accuracies(List<List<GradedAnswer>> repeats) {
        return repeats.stream()
                .mapToDouble(answers ->
                        (double) answers.stream().filter(GradedAnswer::correct).count() / answers.size())
                .toArray();
    }
}
