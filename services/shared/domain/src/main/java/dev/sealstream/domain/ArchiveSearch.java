package dev.sealstream.domain;

import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Picks the version that the next round of policy training starts from, among all that a lineage ever had: open-ended search
 * over an archive, where a step that is no gain by itself may lead to one.
 *
 * <p>A version with score s and n children is picked with a probability in proportion to sigmoid(sharpness · (s − midpoint)) ·
 * 1 / (1 + n) · diversity^novelty. The score is its accuracy on held-out documents after its own self-edits. The first two
 * factors are those of the Darwin Gödel Machine (arXiv 2505.22954); the third turns the search away
 * from versions whose self-edits of one document are all alike ({@link TrainingRound#diversity}).
 *
 * @param sharpness how much a better score counts; 0 makes all scores count the same
 * @param midpoint score at which the sigmoid is a half, 0 to 1
 * @param novelty exponent of the diversity, 0 or more; 0 leaves it out
 */
public record ArchiveSearch(double sharpness, double midpoint, double novelty) {
    public ArchiveSearch {
        Require.unitInterval("midpoint", midpoint);
        if (!(sharpness >= 0) || !(novelty >= 0)) {
            throw new IllegalArgumentException(
                    "sharpness is " + sharpness + " and novelty " + novelty + "; allowed: 0 or more each");
        }
    }

    /**
     * The choice after a decision.
     *
     * @param lineage with that decision
     * @param candidateId what was decided; seeds the draw, so that the same log always leads to the same choice
     */
    public CheckpointDecision.ParentChosen choose(Lineage lineage, String candidateId) {
        var weights = weights(lineage);
        double total =
                weights.values().stream().mapToDouble(Double::doubleValue).sum();
        double left = new SplittableRandom(Seeds.of("parent after " + candidateId)).nextDouble() * total;
        long chosen = weights.firstKey();
        for (var entry : weights.entrySet()) {
            chosen = entry.getKey();
            left -= entry.getValue();
            if (left < 0) {
                break;
            }
        }
        return new CheckpointDecision.ParentChosen(
                lineage.name(), chosen, lineage.weightsHash(chosen), total == 0 ? 1.0 : weights.get(chosen) / total);
    }

    /** What each version's probability is in proportion to, by version. */
    TreeMap<Long, Double> weights(Lineage lineage) {
        double usual = usualDiversity(lineage);
        var weights = new TreeMap<Long, Double>();
        weights.put(0L, weight(lineage, 0, baseScore(lineage), usual));
        for (var version : lineage.versions()) {
            double score = version.evidence().benchmarkAfter().mean();
            weights.put(version.version(), weight(lineage, version.version(), score, usual));
        }
        return weights;
    }

    private double weight(Lineage lineage, long version, double score, double usualDiversity) {
        long children = lineage.versions().stream()
                .filter(one -> one.parentVersion() == version)
                .count();
        double diversity = diversity(lineage, version).orElse(usualDiversity);
        return 1 / (1 + Math.exp(-sharpness * (score - midpoint))) / (1 + children) * Math.pow(diversity, novelty);
    }

    /** The first version of all was compared with the base model. */
    private static double baseScore(Lineage lineage) {
        return lineage.versions().stream()
                .findFirst()
                .map(first -> first.evidence().benchmarkBefore().mean())
                .orElse(0.0);
    }

    /** Of the self-edits that the version wrote last, else of those it learnt from. */
    private static OptionalDouble diversity(Lineage lineage, long version) {
        OptionalDouble known = OptionalDouble.empty();
        for (var one : lineage.versions()) {
            boolean tells = one.version() == version || one.candidate().parentVersion() == version;
            if (tells && one.candidate().diversity() != null) {
                known = OptionalDouble.of(one.candidate().diversity());
            }
        }
        return known;
    }

    /** For a version whose self-edits nobody compared. */
    private static double usualDiversity(Lineage lineage) {
        return lineage.versions().stream()
                .filter(one -> one.candidate().diversity() != null)
                .mapToDouble(one -> one.candidate().diversity())
                .average()
                .orElse(1.0);
    }
}
