package dev.sealstream.domain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One model on the held-out benchmark.
 *
 * @param weightsHash the model that was measured
 * @param documents one score for each benchmark document, ordered by id
 * @param knowledge what the bare model knows of data to be learnt for good; may be empty
 */
public record Measurement(String weightsHash, List<DocumentScore> documents, List<KnowledgeScore> knowledge) {
    public Measurement {
        Require.nonBlank("weightsHash", weightsHash);
        documents = Require.nonEmpty("documents of the measurement of " + weightsHash, documents);
        knowledge = List.copyOf(knowledge);
    }

    /**
     * The same model on further documents.
     *
     * @throws IllegalArgumentException if it is another model's measurement
     */
    public Measurement plus(Measurement further) {
        if (!further.weightsHash.equals(weightsHash)) {
            throw new IllegalArgumentException("measurement of " + further.weightsHash + " cannot be added to one of "
                    + weightsHash + "; allowed: the same weights");
        }
        var all = new ArrayList<>(documents);
        all.addAll(further.documents);
        all.sort(Comparator.comparing(DocumentScore::dataId));
        return new Measurement(weightsHash, all, knowledge);
    }

    /** Of held-out documents alone. */
    public Measurement(String weightsHash, List<DocumentScore> documents) {
        this(weightsHash, documents, List.of());
    }

    public Measurement withKnowledge(List<KnowledgeScore> scores) {
        return new Measurement(weightsHash, documents, scores);
    }

    public Estimate nothing() {
        return Estimate.of(values(DocumentScore::nothing));
    }

    public Estimate passageOnly() {
        return Estimate.of(values(DocumentScore::passageOnly));
    }

    public Estimate selfEdits() {
        return Estimate.of(values(DocumentScore::selfEdits));
    }

    public double[] values(ToDoubleFunction<DocumentScore> arm) {
        return documents.stream().mapToDouble(arm).toArray();
    }

    /** Mean over documents of {@code arm} here minus {@code otherArm} there, document by document. */
    public Estimate minus(
            ToDoubleFunction<DocumentScore> arm, Measurement other, ToDoubleFunction<DocumentScore> otherArm) {
        var there = new LinkedHashMap<String, DocumentScore>();
        other.documents.forEach(document -> there.put(document.dataId(), document));
        var differences = new ArrayList<Double>();
        for (var here : documents) {
            var pair = there.get(here.dataId());
            if (pair == null) {
                throw new IllegalArgumentException("document " + here.dataId() + " was measured on " + weightsHash
                        + " but not on " + other.weightsHash + "; measure both on the same documents");
            }
            differences.add(arm.applyAsDouble(here) - otherArm.applyAsDouble(pair));
        }
        return Estimate.of(differences.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
