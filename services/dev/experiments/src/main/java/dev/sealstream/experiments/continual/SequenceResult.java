package dev.sealstream.experiments.continual;

import dev.sealstream.domain.NewData;

import java.util.ArrayList;
import java.util.List;

/**
 * The forgetting matrix of one sequence.
 *
 * @param accuracy row t, column i ≤ t: closed-book accuracy on document i after document t was decided
 * @param untouched accuracy on the first document before anything was learnt
 * @param released how many documents the gate let in
 * @param benchmarkDrop largest fall of accuracy on held-out documents by one release, 0 where there was none
 * @param rejections why the others were not let in
 */
public record SequenceResult(
        String lineage,
        List<List<Double>> accuracy,
        double untouched,
        int released,
        double benchmarkDrop,
        List<String> rejections) {
    public SequenceResult {
        accuracy = accuracy.stream().map(List::copyOf).toList();
        rejections = List.copyOf(rejections);
    }

    /** What a step did not measure is as the step before left it: the head has not moved. */
    static SequenceResult of(Sequence sequence, List<Step> steps) {
        var rows = new ArrayList<List<Double>>();
        var rejections = new ArrayList<String>();
        double drop = 0;
        for (int t = 0; t < steps.size(); t++) {
            Step step = steps.get(t);
            var row = new ArrayList<Double>();
            for (int i = 0; i <= t; i++) {
                NewData document = sequence.documents().get(i);
                Double measured = step.accuracy().get(document.dataId());
                row.add(measured != null ? measured : i < t ? rows.get(t - 1).get(i) : step.before());
            }
            rows.add(row);
            if (step.released()) {
                drop = Math.max(drop, -step.benchmark());
            } else {
                rejections.add(document(t) + step.reason());
            }
        }
        return new SequenceResult(
                sequence.lineage(),
                rows,
                steps.get(0).before(),
                (int) steps.stream().filter(Step::released).count(),
                drop,
                rejections);
    }

    private static String document(int place) {
        return "document " + (place + 1) + ": ";
    }

    /** Mean over all documents after the last. */
    double last() {
        return mean(accuracy.get(accuracy.size() - 1));
    }

    /** Mean over the documents, of each right after it was decided. */
    double afterEach() {
        return accuracy.stream()
                .mapToDouble(row -> row.get(row.size() - 1))
                .average()
                .orElseThrow();
    }

    /** Mean change of the accuracy on each document but the last since it was decided (Lopez-Paz and Ranzato 2017). */
    double backwardTransfer() {
        var last = accuracy.get(accuracy.size() - 1);
        double sum = 0;
        for (int i = 0; i < last.size() - 1; i++) {
            sum += last.get(i) - accuracy.get(i).get(i);
        }
        return sum / (last.size() - 1);
    }

    /** What a single edit gives: the first document, right after it was decided. */
    double single() {
        return accuracy.get(0).get(0);
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
