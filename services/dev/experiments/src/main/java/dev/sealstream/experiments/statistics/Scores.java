package dev.sealstream.experiments.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One number for each document, 0 to 1.
 *
 * @param byDocument score by document id
 */
public record Scores(Map<String, Double> byDocument) {
    public Scores {
        byDocument = new TreeMap<>(byDocument);
    }

    public boolean isEmpty() {
        return byDocument.isEmpty();
    }

    public Summary summary() {
        return Summary.of(byDocument.values());
    }

    /** This minus the other, document by document, over the documents that both have. */
    public Scores minus(Scores other) {
        var differences = new TreeMap<String, Double>();
        byDocument.forEach((document, score) -> {
            Double there = other.byDocument.get(document);
            if (there != null) {
                differences.put(document, score - there);
            }
        });
        return new Scores(differences);
    }

    /** Document ids in the order of their scores, lowest first; equal ones by id. */
    public List<String> ascending() {
        var ids = new ArrayList<>(byDocument.keySet());
        ids.sort((one, other) -> Double.compare(byDocument.get(one), byDocument.get(other)));
        return List.copyOf(ids);
    }
}
