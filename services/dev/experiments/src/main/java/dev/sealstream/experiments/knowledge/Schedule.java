package dev.sealstream.experiments.knowledge;

import dev.sealstream.devstack.demo.RoundPhase;
import dev.sealstream.domain.Ids;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.SelfEditsProposed;
import dev.sealstream.eventstreaming.Topics;

import java.util.ArrayList;
import java.util.List;

/**
 * What is to be sent when, as a function of what the topics hold: the same after a restart as without one.
 *
 * <ol>
 *   <li>The gate's documents and, for the base policy, the held-out ones.
 *   <li>For each held-out document, once it has been proposed: the passage alone and the ideal edit.
 *   <li>Round by round the training documents, but only when every held-out document has been proposed by the head as it is:
 *       nothing may be written by a later head than it is counted for.
 *   <li>If the gate releases the round's candidate, the held-out documents again. If not, the head has not moved.
 * </ol>
 *
 * <p>A step's documents carry its name as their source, which is how a restart knows them.
 */
final class Schedule {
    static final String GATE = "experiment: gate";
    static final String BASE = "experiment: base policy";

    private final KnowledgeSettings settings;
    private final ExperimentDocuments documents;
    private final Corpus corpus;

    Schedule(KnowledgeSettings settings, ExperimentDocuments documents) {
        this.settings = settings;
        this.documents = documents;
        this.corpus = new Corpus(settings, documents);
    }

    Corpus corpus() {
        return corpus;
    }

    static String round(int number) {
        return "experiment: round " + number;
    }

    static String after(int round) {
        return "experiment: after round " + round;
    }

    /** Whatever can be sent now and has not been. */
    List<Dispatch<?>> due(Ledger ledger) {
        var due = new ArrayList<Dispatch<?>>();
        send(due, ledger, GATE, documents.gate(), null, null);
        send(due, ledger, BASE, documents.heldOut(), settings.edits(), KnowledgeSettings.BASE_REPEATS);
        write(due, ledger);
        for (int round = 1; round <= settings.rounds(); round++) {
            if (!isProposed(ledger, ledger.versionAfter(round - 1))) {
                break;
            }
            send(due, ledger, round(round), documents.rounds().get(round - 1), settings.edits(), null);
            if (!isDecided(ledger, round)) {
                break;
            }
            if (headMoved(ledger, round)) {
                send(
                        due,
                        ledger,
                        after(round),
                        documents.heldOut(),
                        KnowledgeSettings.AFTER_EDITS,
                        KnowledgeSettings.AFTER_REPEATS);
            }
        }
        corpusGroups(ledger).stream()
                .filter(group -> ledger.proposal(group.rolloutGroupId()).isEmpty())
                .forEach(group -> due.add(new Dispatch<>(Topics.SELF_EDITS, List.of(group))));
        return due;
    }

    /** What the corpus is learnt from, as far as it has been written: by the base policy, and by the last one. */
    private List<SelfEditsProposed> corpusGroups(Ledger ledger) {
        var groups = new ArrayList<SelfEditsProposed>();
        if (settings.corpus() == 0 || !isProposed(ledger, 0)) {
            return groups;
        }
        groups.addAll(corpus.groups(ledger, 0));
        long last = lastVersion(ledger);
        if (last > 0 && isProposed(ledger, last)) {
            groups.addAll(corpus.groups(ledger, last));
        }
        return groups;
    }

    /** The version after the last round; 0 while that is not decided. */
    private long lastVersion(Ledger ledger) {
        return isDecided(ledger, settings.rounds()) ? ledger.versionAfter(settings.rounds()) : 0;
    }

    boolean isOver(Ledger ledger) {
        return phases(ledger).stream().allMatch(Phase::isOver);
    }

    /** The phases in the order in which they end. A phase that cannot be foreseen yet is assumed to come. */
    List<Phase> phases(Ledger ledger) {
        var phases = new ArrayList<Phase>();
        phases.add(basePhase(ledger));
        for (int round = 1; round <= settings.rounds(); round++) {
            phases.add(roundPhase(ledger, round));
            if (!isDecided(ledger, round) || headMoved(ledger, round)) {
                phases.add(afterPhase(ledger, round));
            }
        }
        if (settings.corpus() > 0) {
            phases.add(corpusPhase(ledger));
        }
        return phases;
    }

    boolean isDecided(Ledger ledger, int round) {
        var progress = ledger.round(round);
        return progress.phase() == RoundPhase.DECIDED || progress.hasNothingToLearnFrom();
    }

    boolean headMoved(Ledger ledger, int round) {
        return ledger.versionAfter(round) != ledger.versionAfter(round - 1);
    }

    private boolean isProposed(Ledger ledger, long version) {
        return documents.heldOut().stream().allMatch(datum -> ledger.isProposed(datum.dataId(), version));
    }

    private static void send(
            List<Dispatch<?>> due,
            Ledger ledger,
            String step,
            List<NewData> documents,
            Integer groupSize,
            Integer repeats) {
        var missing = documents.stream()
                .filter(datum -> !ledger.isSent(step, datum.dataId()) && !ledger.isRefused(datum.dataId()))
                .map(datum -> new NewData(
                        datum.dataId(),
                        datum.mode(),
                        datum.promptStyle(),
                        datum.lineage(),
                        datum.title(),
                        datum.context(),
                        datum.questions(),
                        step,
                        groupSize,
                        repeats))
                .toList();
        if (!missing.isEmpty()) {
            due.add(new Dispatch<>(Topics.NEW_DATA, missing));
        }
    }

    private void write(List<Dispatch<?>> due, Ledger ledger) {
        var missing = new ArrayList<SelfEditsProposed>();
        for (var datum : documents.heldOut()) {
            ledger.proposal(Ids.rolloutGroup(datum.dataId(), 0)).ifPresent(proposed -> {
                missing.add(WrittenEdits.passageOnly(proposed));
                String ideal = documents.idealEdits().get(datum.dataId());
                if (ideal != null) {
                    missing.add(WrittenEdits.ideal(proposed, ideal));
                }
            });
        }
        missing.removeIf(group -> ledger.proposal(group.rolloutGroupId()).isPresent());
        if (!missing.isEmpty()) {
            due.add(new Dispatch<>(Topics.SELF_EDITS, missing));
        }
    }

    private Phase basePhase(Ledger ledger) {
        int ended = 0;
        int expected = 0;
        int adapters = 0;
        int adaptersExpected = 0;
        for (var datum : documents.heldOut()) {
            if (ledger.isRefused(datum.dataId())) {
                continue;
            }
            String own = Ids.rolloutGroup(datum.dataId(), 0);
            String passage = Ids.writtenGroup(datum.dataId(), 0, WrittenEdits.PASSAGE_ONLY);
            String ideal = Ids.writtenGroup(datum.dataId(), 0, WrittenEdits.IDEAL_EDIT);
            int edits = ledger.rollouts(own).size();
            int passages = ledger.rollouts(passage).size();
            int ideals = ledger.rollouts(ideal).size();
            int idealsExpected = documents.idealEdits().containsKey(datum.dataId()) ? 1 : 0;
            ended += edits + passages + ideals;
            expected += settings.edits() + 1 + idealsExpected;
            adapters += edits * KnowledgeSettings.BASE_REPEATS
                    + passages * KnowledgeSettings.PASSAGE_REPEATS
                    + ideals * KnowledgeSettings.IDEAL_REPEATS;
            adaptersExpected += settings.edits() * KnowledgeSettings.BASE_REPEATS
                    + KnowledgeSettings.PASSAGE_REPEATS
                    + idealsExpected * KnowledgeSettings.IDEAL_REPEATS;
        }
        return new Phase(
                "Held-out documents, base policy", ended, expected, adapters, adaptersExpected, "", ended >= expected);
    }

    private Phase roundPhase(Ledger ledger, int round) {
        var progress = ledger.round(round);
        int expected = documents.rounds().get(round - 1).size() * settings.edits();
        int ended = progress.rolloutsEnded();
        boolean over = isDecided(ledger, round);
        // The candidate and its parent, each after the passage and after self-edits, two samples a document.
        int measuring = settings.gate() * 2 * 2 * 2;
        String activity = ended < expected || over ? "" : progress.phase().inWords();
        return new Phase(
                "Round " + round,
                ended,
                expected,
                ended * settings.repeatsExpected() + (over ? measuring : 0),
                expected * settings.repeatsExpected() + measuring,
                activity,
                over);
    }

    private Phase corpusPhase(Ledger ledger) {
        boolean decided = isDecided(ledger, settings.rounds());
        long last = lastVersion(ledger);
        int expected = corpus.documents(ledger).isEmpty() ? 0 : decided && last == 0 ? 2 : 3;
        var groups = corpusGroups(ledger);
        int ended = (int) groups.stream()
                .filter(group -> !ledger.rollouts(group.rolloutGroupId()).isEmpty())
                .count();
        // One update of all passages takes about as long as one adapter for each of them.
        return new Phase(
                "Continued pre-training on " + settings.corpus() + " passages",
                ended,
                expected,
                ended * settings.corpus(),
                expected * settings.corpus(),
                "",
                decided && isProposed(ledger, last) && ended >= expected);
    }

    private Phase afterPhase(Ledger ledger, int round) {
        long version = ledger.versionAfter(round);
        boolean begun = isDecided(ledger, round);
        int documentsLeft = documents.heldOut().size() - ledger.refused().size();
        int expected = documentsLeft * KnowledgeSettings.AFTER_EDITS;
        int ended = begun
                ? documents.heldOut().stream()
                        .mapToInt(datum -> ledger.rollouts(Ids.rolloutGroup(datum.dataId(), version))
                                .size())
                        .sum()
                : 0;
        return new Phase(
                "Held-out documents, after round " + round,
                ended,
                expected,
                ended * KnowledgeSettings.AFTER_REPEATS,
                expected * KnowledgeSettings.AFTER_REPEATS,
                "",
                begun && ended >= expected);
    }
}
