package dev.sealstream.experiments.knowledge;

import dev.sealstream.experiments.statistics.Scores;

import java.util.List;

/**
 * An arm with its score on each document.
 *
 * @param note why it is not what its name says; empty when it is
 */
record Row(String name, Scores scores, String note) {
    KnowledgeFindings.Arm arm() {
        return new KnowledgeFindings.Arm(name, scores.summary(), note);
    }

    /** Adds one arm minus another, if they have documents in common. */
    static void difference(List<KnowledgeFindings.Difference> differences, Row one, Row other) {
        var paired = one.scores().minus(other.scores());
        if (!paired.isEmpty()) {
            differences.add(new KnowledgeFindings.Difference(one.name() + " − " + other.name(), paired.summary()));
        }
    }
}
