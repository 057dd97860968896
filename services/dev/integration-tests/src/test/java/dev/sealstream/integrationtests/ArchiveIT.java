package dev.sealstream.integrationtests;

import dev.sealstream.devstack.lineage.GraphPage;
import dev.sealstream.devstack.lineage.Ink;
import dev.sealstream.domain.ArchiveSearch;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.CheckpointDecision.Archived;
import dev.sealstream.domain.CheckpointDecision.ParentChosen;
import dev.sealstream.domain.Lineage;
import dev.sealstream.domain.LineageHistory;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.RewardAssigned;
import dev.sealstream.eventstreaming.Topics;
import dev.sealstream.tinyworld.TinyWorldDocument;
import dev.sealstream.tinyworld.TinyWorldDocuments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The archive search over real topics: what is no gain becomes a version that does not serve, every service goes on from the
 * version that the gate drew, and the tree outlives a restart of everything. The chain, where training follows the head, is
 * what {@link LoopIT} runs.
 */
class ArchiveIT {
    private static final Duration WAIT = Duration.ofMinutes(4);
    private static final int ROUND = 2;
    private static final String[] SERVICES = {
        "self-edit-proposer", "update-worker", "evaluator", "reward-emitter", "policy-trainer", "checkpoint-gate"
    };

    /** No gain is ever large enough, so that each candidate is archived and the tree grows with every round. */
    private static final Map<String, String> SETTINGS = Map.of(
            "seal.sampling.group-size", "3",
            "seal.inner-loop.repeats", "1",
            "seal.evaluator.repeats-max", "1",
            "seal.evaluator.first-documents", "2",
            "seal.policy-trainer.round-size", Integer.toString(ROUND),
            "seal.checkpoint-gate.search", "ARCHIVE",
            "seal.checkpoint-gate.gain-standard-errors", "1000",
            "seal.checkpoint-gate.approval", "NEVER");

    @Test
    void roundsGoOnFromVersionsOfTheArchiveAlsoAfterARestart(@TempDir Path state) {
        Lineage tree;
        try (var stack = TestStack.startRemembering(state, SETTINGS, SERVICES)) {
            // Given
            stack.send(
                    Topics.NEW_DATA,
                    TinyWorldDocuments.benchmark(31, 4).stream()
                            .map(TinyWorldDocument::newData)
                            .toList());

            // When
            var first = round(stack, 1);
            var second = round(stack, 2);

            // Then
            String base = first.written().get(0).weightsHash();
            var start = Lineage.base(NewData.MAIN_LINEAGE, base);
            assertThat(first.archived().parentWeightsHash()).isEqualTo(base);
            assertThat(second.written()).allSatisfy(reward -> assertThat(reward.weightsHash())
                    .isEqualTo(first.choice().weightsHash()));
            assertThat(second.archived().parentVersion())
                    .isEqualTo(first.choice().version());
            tree = start.after(first.archived()).after(first.choice()).after(second.archived());
            assertThat(new ArchiveSearch(10, 0.5, 1)
                            .choose(tree, second.archived().candidate().candidateId()))
                    .isEqualTo(second.choice());
            tree = tree.after(second.choice());
        }
        try (var stack = TestStack.startRemembering(state, SETTINGS, SERVICES)) {
            // When
            var third = round(stack, 3);

            // Then
            long parent = tree.nextParent();
            assertThat(third.written()).allSatisfy(reward -> assertThat(reward.weightsHash())
                    .isEqualTo(third.archived().parentWeightsHash()));
            assertThat(third.archived().version()).isEqualTo(3);
            assertThat(third.archived().parentVersion()).isEqualTo(parent);
            var history = new LineageHistory(NewData.MAIN_LINEAGE, 10);
            decisions(stack, 6).forEach(history::decided);
            assertThat(history.head()).isZero();
            assertThat(GraphPage.of(history, Ink.NONE))
                    .anySatisfy(line -> assertThat(line).contains("o").contains("version 3"))
                    .anySatisfy(line -> assertThat(line).contains("version 0").contains("(head)"))
                    .anySatisfy(line -> assertThat(line).contains("(next parent)"));
        }
    }

    /** What a round came to. */
    private record Round(List<RewardAssigned> written, Archived archived, ParentChosen choice) {}

    private static Round round(TestStack stack, int number) {
        var documents = TinyWorldDocuments.training(40 + number, ROUND).stream()
                .map(TinyWorldDocument::newData)
                .toList();
        stack.send(Topics.NEW_DATA, documents);
        var decided = decisions(stack, 2 * number);
        var ids = documents.stream().map(NewData::dataId).toList();
        var rewards = stack.readUntil(Topics.REWARDS, WAIT, all -> true).stream()
                .filter(reward -> ids.contains(reward.dataId()))
                .toList();
        return new Round(rewards, (Archived) decided.get(2 * number - 2), (ParentChosen) decided.get(2 * number - 1));
    }

    private static List<CheckpointDecision> decisions(TestStack stack, int count) {
        return stack.readUntil(Topics.CHECKPOINTS, WAIT, decisions -> decisions.size() >= count);
    }
}
