package dev.sealstream.experiments.knowledge;

import dev.sealstream.domain.NewData;
import dev.sealstream.experiments.statistics.Scores;
import dev.sealstream.experiments.statistics.Summary;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What the policy's self-edits teach when those of many passages are learnt in one update. */
final class CorpusFindings {
    private final KnowledgeSettings settings;
    private final Schedule schedule;
    private final Ledger ledger;

    CorpusFindings(KnowledgeSettings settings, Schedule schedule, Ledger ledger) {
        this.settings = settings;
        this.schedule = schedule;
        this.ledger = ledger;
    }

    /**
     * @param nothing scores of all held-out documents before any update
     * @return null when continued pre-training was not asked for
     */
    KnowledgeFindings.ContinuedPretraining of(Scores nothing) {
        if (settings.corpus() == 0) {
            return null;
        }
        var corpus = schedule.corpus().documents(ledger);
        var before = new TreeMap<>(nothing.byDocument());
        before.keySet().retainAll(corpus.stream().map(NewData::dataId).toList());
        long last = ledger.versionAfter(settings.rounds());
        String note = last == 0 ? "not released: the policy is the one before" : "";
        var rows = new ArrayList<>(List.of(
                new Row("nothing", new Scores(before), ""),
                new Row("passages only", scores(corpus, 0, Corpus.PASSAGES), ""),
                new Row("base policy's edits", scores(corpus, 0, Corpus.SELF_EDITS), ""),
                new Row("after round " + settings.rounds(), scores(corpus, last, Corpus.SELF_EDITS), note)));
        var differences = new ArrayList<KnowledgeFindings.Difference>();
        for (int i = 1; i < rows.size(); i++) {
            Row.difference(differences, rows.get(i), rows.get(i - 1));
        }
        rows.removeIf(row -> row.scores().isEmpty());
        return new KnowledgeFindings.ContinuedPretraining(
                corpus.size(), rows.stream().map(Row::arm).toList(), differences);
    }

    /** The answers come in the order of the documents' questions. */
    private Scores scores(List<NewData> corpus, long version, String name) {
        var scores = ledger.corpusScores(Corpus.groupId(version, name));
        var byDocument = new TreeMap<String, Double>();
        int next = 0;
        for (var datum : corpus) {
            int to = next + datum.questions().size();
            if (to <= scores.size()) {
                byDocument.put(
                        datum.dataId(), Summary.of(scores.subList(next, to)).mean());
            }
            next = to;
        }
        return new Scores(byDocument);
    }
}
