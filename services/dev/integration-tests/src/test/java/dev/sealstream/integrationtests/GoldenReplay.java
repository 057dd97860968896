package dev.sealstream.integrationtests;

import dev.sealstream.domain.RewardAssigned;
import dev.sealstream.domain.RolloutEnded;
import dev.sealstream.domain.RolloutGroupCompleted;
import dev.sealstream.domain.TrainingRound;
import dev.sealstream.eventstreaming.Topics;
import dev.sealstream.integrationtests.GoldenRound.Selected;
import org.junit.jupiter.api.Assumptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Follows a golden round through the topics. */
final class GoldenReplay {
    private static final Logger LOG = LoggerFactory.getLogger(GoldenReplay.class);
    private static final Duration WITHIN = Duration.ofMinutes(2);

    /** SEAL lists the mean of its rounded accuracies with more decimals than it rounds to. */
    private static final double ROUNDING = 1e-4;

    private GoldenReplay() {}

    /** What ReST-EM would train on, once every group of the round is complete. */
    static List<Selected> selected(TestStack stack, GoldenRound round) {
        var groups = stack
                .readUntil(
                        Topics.EXPERIENCES,
                        WITHIN,
                        all -> all.stream()
                                        .filter(group -> belongs(group, round))
                                        .count()
                                >= round.articles().size())
                .stream()
                .filter(group -> belongs(group, round))
                .toList();
        assertThat(groups).hasSameSizeAs(round.articles());
        return new TrainingRound(groups)
                .selected().stream()
                        .map(example -> new Selected(example.prompt(), example.completion()))
                        .toList();
    }

    private static boolean belongs(RolloutGroupCompleted group, GoldenRound round) {
        return group.dataId().startsWith(round.name() + "-");
    }

    /** One reward for each rollout, no more, and as large as SEAL's. */
    static void assertRewards(TestStack stack, GoldenRound round, List<RolloutEnded> outcomes) {
        var ids = outcomes.stream()
                .map(outcome -> outcome.selfEdit().selfEditId())
                .collect(Collectors.toSet());
        var rewards = stack
                .readUntil(
                        Topics.REWARDS,
                        WITHIN,
                        all -> all.stream()
                                        .filter(reward -> ids.contains(reward.selfEditId()))
                                        .count()
                                >= ids.size())
                .stream()
                .filter(reward -> ids.contains(reward.selfEditId()))
                .collect(Collectors.toMap(RewardAssigned::selfEditId, reward -> reward));
        var completions = round.articles().stream()
                .flatMap(article -> article.completions().stream())
                .toList();
        for (int i = 0; i < outcomes.size(); i++) {
            String editId = outcomes.get(i).selfEdit().selfEditId();
            if (!completions.get(i).repeats().isEmpty()) {
                assertThat(rewards.get(editId).reward())
                        .as("reward of %s", editId)
                        .isCloseTo(completions.get(i).adaptedMean(), within(ROUNDING));
            }
        }
    }

    /** The rounds in the folder named by {@code -Dseal.golden}; skips the test aloud when there are none. */
    static List<GoldenRound> roundsOrSkip() {
        String named = System.getProperty("seal.golden");
        var folder = named == null || named.isBlank()
                ? Path.of(System.getProperty("sealstream.root", "../../..")).resolve("../shared/data/seal")
                : Path.of(named);
        var rounds = GoldenRound.in(folder.toAbsolutePath().normalize());
        if (rounds.isEmpty()) {
            String reason = "golden replay skipped: no pair rollouts-X.json and selected-X.json in " + folder
                    + "; name its folder with -Dseal.golden=DIR";
            LOG.warn(reason);
            Assumptions.abort(reason);
        }
        return rounds;
    }
}
