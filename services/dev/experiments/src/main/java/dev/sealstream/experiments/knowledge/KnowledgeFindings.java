package dev.sealstream.experiments.knowledge;

import dev.sealstream.experiments.statistics.Summary;

import java.util.List;
import java.util.Map;

/**
 * All that the experiment found, as {@code report.json} holds it. Accuracies and rewards are 0 to 1.
 *
 * @param arms closed-book accuracy on the held-out documents, row by row
 * @param differences of arms, document by document
 * @param gain what learning reached of what selection could reach; null when it cannot be told
 * @param bestOfNaive the best self-edit chosen and scored by the same repeats: higher than selection can reach; null when
 *     nothing was scored
 * @param continuedPretraining the same arms after one update on many passages; null when it was not asked for
 * @param weightsHashes by version; 0 is the base model
 * @param notes what a reader must know to read the numbers right
 */
public record KnowledgeFindings(
        List<Arm> arms,
        List<Difference> differences,
        Gain gain,
        Summary bestOfNaive,
        List<Round> rounds,
        List<Distribution> rewards,
        List<RewardReliability> reliability,
        List<Example> examples,
        ContinuedPretraining continuedPretraining,
        Map<Long, String> weightsHashes,
        List<String> notes) {

    /** @param note why the row is not what its name says; empty when it is */
    public record Arm(String name, Summary accuracy, String note) {}

    /** Mean of one arm minus another over the documents that have both. */
    public record Difference(String name, Summary difference) {}

    /**
     * The gain from the base policy to the last round as a share of the distance from the base policy to the best of its
     * self-edits.
     *
     * @param share null when that distance is not above zero
     */
    public record Gain(double learnt, double reachable, Double share) {}

    /**
     * A round of ReST-EM.
     *
     * @param version in force after the round
     * @param reason the gate's, in its words
     */
    public record Round(
            int number,
            int documents,
            Summary reward,
            Summary selectedReward,
            Map<String, Long> endings,
            boolean released,
            long version,
            String reason) {}

    /**
     * How rewards are spread.
     *
     * @param counts of rewards in ten bins of a tenth each; 1 is in the last
     * @param mean null when there are none
     */
    public record Distribution(String name, List<Integer> counts, Double mean, int n) {}

    /**
     * How much of a reward is the self-edit and how much is luck.
     *
     * @param icc of a single repeat
     * @param ofRewards of the rewards as they were measured
     */
    public record RewardReliability(String name, double icc, double ofRewards, int selfEdits, int repeats) {}

    /** @param passages learnt together */
    public record ContinuedPretraining(int passages, List<Arm> arms, List<Difference> differences) {}

    /**
     * One held-out document before and after learning.
     *
     * @param choice why this one is shown
     */
    public record Example(
            String dataId,
            String choice,
            String title,
            String context,
            List<String> questions,
            Map<String, Double> accuracies,
            List<WrittenEdit> before,
            List<WrittenEdit> after) {}

    /** @param reward mean accuracy over the repeats; null when there is none */
    public record WrittenEdit(String text, Double reward) {}
}
