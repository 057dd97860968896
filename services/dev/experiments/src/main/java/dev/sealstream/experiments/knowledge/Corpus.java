package dev.sealstream.experiments.knowledge;

import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.Ids;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.Question;
import dev.sealstream.domain.SelfEdit;
import dev.sealstream.domain.SelfEditParser;
import dev.sealstream.domain.SelfEditsProposed;
import dev.sealstream.domain.UpdateKind;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Continued pre-training: many passages learnt in one update, and all their questions asked of it.
 *
 * <p>The first held-out documents are the corpus. The policy has written self-edits for each of them already; here the
 * sequences of all are one self-edit of a single datum. Source: SEAL, arXiv 2506.10943, section 4.2. Of each document
 * as many self-edits are taken as there are after a round, so that no version has more to learn from than another.
 */
final class Corpus {
    static final String DATA_ID = "corpus";
    static final String PASSAGES = "passages";
    static final String SELF_EDITS = "self-edits";

    private final KnowledgeSettings settings;
    private final ExperimentDocuments documents;

    Corpus(KnowledgeSettings settings, ExperimentDocuments documents) {
        this.settings = settings;
        this.documents = documents;
    }

    static String groupId(long version, String name) {
        return Ids.writtenGroup(DATA_ID, version, name);
    }

    /** The corpus without documents that no service can work on. */
    List<NewData> documents(Ledger ledger) {
        return documents.heldOut().subList(0, settings.corpus()).stream()
                .filter(datum -> !ledger.isRefused(datum.dataId()))
                .toList();
    }

    /** The groups of a version whose self-edits have all been written, or none when there is no corpus. */
    List<SelfEditsProposed> groups(Ledger ledger, long version) {
        var corpus = documents(ledger);
        if (corpus.isEmpty()) {
            return List.of();
        }
        var written = new ArrayList<SelfEditsProposed>();
        for (var datum : corpus) {
            Optional<SelfEditsProposed> proposed = ledger.proposal(Ids.rolloutGroup(datum.dataId(), version));
            proposed.ifPresent(written::add);
        }
        var groups = new ArrayList<SelfEditsProposed>();
        if (version == 0) {
            groups.add(group(written, PASSAGES, passages(written)));
        }
        groups.add(group(written, SELF_EDITS, selfEdits(written)));
        return groups;
    }

    private static List<String> passages(List<SelfEditsProposed> written) {
        return written.stream()
                .flatMap(proposed -> sequences(proposed.datum(), "").stream())
                .toList();
    }

    private static List<String> selfEdits(List<SelfEditsProposed> written) {
        // A passage comes with each of its self-edits; once is enough.
        var sequences = new LinkedHashSet<String>();
        for (var proposed : written) {
            proposed.selfEdits().stream()
                    .filter(SelfEdit::valid)
                    .limit(KnowledgeSettings.AFTER_EDITS)
                    .forEach(edit -> sequences.addAll(sequences(proposed.datum(), edit.completion())));
            sequences.addAll(sequences(proposed.datum(), ""));
        }
        return List.copyOf(sequences);
    }

    private static List<String> sequences(NewData datum, String completion) {
        return SelfEditParser.pretrainingSequences(datum.title(), datum.context(), completion);
    }

    private static SelfEditsProposed group(List<SelfEditsProposed> written, String name, List<String> sequences) {
        var first = written.get(0);
        String groupId = groupId(first.policyVersion(), name);
        var edit = new SelfEdit(Ids.selfEdit(groupId, 0), 0, "", sequences, null, new int[0], new float[0]);
        return new SelfEditsProposed(
                groupId,
                datum(written),
                first.policyVersion(),
                first.weightsHash(),
                "continued pre-training on " + written.size() + " passages",
                List.of(edit),
                UpdateKind.CONTINUED_PRETRAINING);
    }

    private static NewData datum(List<SelfEditsProposed> written) {
        var questions = new ArrayList<Question>();
        for (var proposed : written) {
            var datum = proposed.datum();
            datum.questions()
                    .forEach(question ->
                            questions.add(new Question(question.question(), question.answer(), datum.title())));
        }
        String title = written.size() + " passages";
        var first = written.get(0).datum();
        // The text is in the training sequences; a datum cannot hold that of hundreds of passages.
        return new NewData(
                DATA_ID,
                DataMode.MEASURE,
                first.promptStyle(),
                first.lineage(),
                title,
                title,
                questions,
                "experiment: continued pre-training",
                1,
                1);
    }
}
