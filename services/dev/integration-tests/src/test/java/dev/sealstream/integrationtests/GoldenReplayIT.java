package dev.sealstream.integrationtests;

import dev.sealstream.eventstreaming.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * SEAL's own rollouts, sent through the real topics, select what SEAL selected.
 *
 * <p>The data are read in place from the folder named by {@code -Dseal.golden} and are not part of the project.
 */
class GoldenReplayIT {
    private static final Logger LOG = LoggerFactory.getLogger(GoldenReplayIT.class);

    @Test
    void parserSplitsEveryCompletionAsSealDid() {
        var rounds = GoldenReplay.roundsOrSkip();

        for (var round : rounds) {
            for (var article : round.articles()) {
                for (var completion : article.completions()) {
                    assertThat(GoldenRound.parsed(article, completion))
                            .as("completion of '%s' in %s", article.title(), round.name())
                            .isEqualTo(completion.trainingSequences());
                }
            }
        }
    }

    @Test
    void topicsSelectWhatSealSelected(@TempDir Path state) {
        var rounds = GoldenReplay.roundsOrSkip();
        try (var stack = TestStack.start(state, Map.of(), "reward-emitter")) {
            for (var round : rounds) {
                // Given
                var outcomes = round.outcomes(round.name());

                // When
                stack.send(Topics.OUTCOMES, outcomes);

                // Then
                assertThat(GoldenReplay.selected(stack, round))
                        .as("selection of %s", round.name())
                        .isEqualTo(round.selected());
                GoldenReplay.assertRewards(stack, round, outcomes);
                LOG.info(
                        "golden replay of {}: {} of {} selections equal SEAL's",
                        round.name(),
                        round.selected().size(),
                        round.selected().size());
            }
        }
    }
}
