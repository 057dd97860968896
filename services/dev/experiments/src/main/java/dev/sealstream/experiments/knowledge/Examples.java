package dev.sealstream.experiments.knowledge;

import dev.sealstream.domain.Ids;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.Question;
import dev.sealstream.experiments.statistics.Scores;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Picks held-out documents by rank, so that nobody picks the pretty ones: gained much, gained the median, lost. */
final class Examples {
    /** Rank of each example among the documents, from the smallest gain (0) to the largest (1). */
    private static final Map<Double, String> RANKS = new LinkedHashMap<>();

    static {
        RANKS.put(0.9, "gained more than nine in ten documents");
        RANKS.put(0.5, "the median gain");
        RANKS.put(0.1, "gained less than nine in ten documents");
    }

    private final ExperimentDocuments documents;
    private final Ledger ledger;
    private final long version;

    /** @param version of the policy after learning */
    Examples(ExperimentDocuments documents, Ledger ledger, long version) {
        this.documents = documents;
        this.ledger = ledger;
        this.version = version;
    }

    List<KnowledgeFindings.Example> of(Scores gains, Map<String, Scores> arms) {
        if (gains.isEmpty()) {
            return List.of();
        }
        var byId = new HashMap<String, NewData>();
        documents.heldOut().forEach(datum -> byId.put(datum.dataId(), datum));
        var ascending = gains.ascending();
        var examples = new ArrayList<KnowledgeFindings.Example>();
        RANKS.forEach((rank, choice) -> {
            int position = (int) Math.round(rank * (ascending.size() - 1));
            examples.add(example(byId.get(ascending.get(position)), choice, arms));
        });
        return examples;
    }

    private KnowledgeFindings.Example example(NewData datum, String choice, Map<String, Scores> arms) {
        var accuracies = new LinkedHashMap<String, Double>();
        arms.forEach((name, scores) -> {
            Double score = scores.byDocument().get(datum.dataId());
            if (score != null) {
                accuracies.put(name, score);
            }
        });
        return new KnowledgeFindings.Example(
                datum.dataId(),
                choice,
                datum.title(),
                datum.context(),
                datum.questions().stream().map(Examples::line).toList(),
                accuracies,
                edits(datum, 0),
                edits(datum, version));
    }

    private static String line(Question question) {
        return question.question() + " " + question.answer();
    }

    private List<KnowledgeFindings.WrittenEdit> edits(NewData datum, long writtenBy) {
        return ledger.rollouts(Ids.rolloutGroup(datum.dataId(), writtenBy)).stream()
                .map(rollout -> new KnowledgeFindings.WrittenEdit(
                        rollout.completion(), rollout.hasScores() ? Double.valueOf(rollout.mean()) : null))
                .toList();
    }
}
