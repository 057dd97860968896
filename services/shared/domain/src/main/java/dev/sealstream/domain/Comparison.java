package dev.sealstream.domain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One line of the evidence for or against a candidate: an accuracy before and after its delta.
 *
 * @param what was measured, in words
 * @param before accuracy of the head, 0 to 1
 * @param after accuracy of the head with the delta, 0 to 1
 * @param standardError of the paired difference; null where there is none
 */
public record Comparison(String what, double before, double after, Double standardError) {

    public double change() {
        return after - before;
    }

    /** The evidence side by side: held-out documents, what the candidate teaches, what was learnt before (worst first). */
    public static List<Comparison> of(CandidateHistory history) {
        var evidence = history.evidence();
        if (evidence == null) {
            return List.of();
        }
        var all = new ArrayList<Comparison>();
        all.add(new Comparison(
                "held-out documents, after own self-edits",
                evidence.benchmarkBefore().mean(),
                evidence.benchmarkAfter().mean(),
                finite(evidence.gain())));
        var measured = history.measured();
        if (measured != null && measured.failure() == null) {
            all.add(arm("held-out documents, after the passage alone", measured, DocumentScore::passageOnly));
            all.add(arm("held-out documents, nothing learnt", measured, DocumentScore::nothing));
        }
        evidence.knowledge().stream()
                .filter(change -> !change.earlier())
                .forEach(change -> all.add(
                        new Comparison("own questions: " + name(change), change.before(), change.after(), null)));
        earlier(evidence.knowledge().stream().filter(KnowledgeChange::earlier).toList(), all);
        return all;
    }

    private static void earlier(List<KnowledgeChange> earlier, List<Comparison> all) {
        if (earlier.isEmpty()) {
            return;
        }
        all.add(new Comparison(
                "earlier data, mean of " + earlier.size(),
                mean(earlier, KnowledgeChange::before),
                mean(earlier, KnowledgeChange::after),
                null));
        earlier.stream()
                .map(change -> new Comparison("earlier data: " + name(change), change.before(), change.after(), null))
                .sorted(Comparator.comparingDouble(Comparison::change))
                .forEach(all::add);
    }

    /** Nobody is to take a model's own questions for people's. */
    private static String name(KnowledgeChange change) {
        return change.dataId() + (change.labelFree() ? " (asked by the model itself)" : "");
    }

    private static Comparison arm(String what, BenchmarkMeasured measured, ToDoubleFunction<DocumentScore> score) {
        return new Comparison(
                what,
                Estimate.of(measured.parent().values(score)).mean(),
                Estimate.of(measured.subject().values(score)).mean(),
                finite(measured.subject().minus(score, measured.parent(), score)));
    }

    private static Double finite(Estimate estimate) {
        return Double.isFinite(estimate.standardError()) ? estimate.standardError() : null;
    }

    private static double mean(List<KnowledgeChange> changes, ToDoubleFunction<KnowledgeChange> accuracy) {
        return changes.stream().mapToDouble(accuracy).average().orElseThrow();
    }
}
