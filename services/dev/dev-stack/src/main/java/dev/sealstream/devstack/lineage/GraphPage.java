package dev.sealstream.devstack.lineage;

import dev.sealstream.domain.CandidateHistory;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.Evidence;
import dev.sealstream.domain.LineageHistory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code ./seal log --graph}: the lineage as a tree, the newest first; {@code *} a version that served, {@code o} one of the
 * archive, {@code x} a rejected candidate, {@code ?} one that waits for a person.
 *
 * <p>Each column of the drawing leads down to a version that is not drawn yet. Columns that lead to the same version meet
 * just above it.
 */
public final class GraphPage {
    private final LineageHistory history;
    private final Ink ink;
    private final List<String> lines = new ArrayList<>();

    /** The version each column leads to. */
    private final List<Long> columns = new ArrayList<>();

    private GraphPage(LineageHistory history, Ink ink) {
        this.history = history;
        this.ink = ink;
    }

    public static List<String> of(LineageHistory history, Ink ink) {
        var page = new GraphPage(history, ink);
        page.write();
        return page.lines;
    }

    private void write() {
        lines.add(LogPage.heading(history, ink));
        lines.add("");
        history.waiting().forEach(one -> leaf("?", one, one.onVersion()));
        var decisions = new ArrayList<>(history.decisions());
        Collections.reverse(decisions);
        Set<String> drawn = new HashSet<>();
        for (var decision : decisions) {
            if (decision instanceof CheckpointDecision.VersionAdded added) {
                version(added);
            } else if (decision instanceof CheckpointDecision.Rejected
                    && drawn.add(decision.candidate().candidateId())) {
                history.candidate(decision.candidate().candidateId()).ifPresent(one -> leaf("x", one, one.onVersion()));
            }
        }
        node("*", columnOf(0), mark("version 0", 0) + "  the base model");
    }

    private void version(CheckpointDecision.VersionAdded added) {
        int column = columnOf(added.version());
        node(
                added instanceof CheckpointDecision.Released ? "*" : "o",
                column,
                mark("version " + added.version(), added.version()) + "  " + Words.kind(added.candidate()) + "  "
                        + gain(added.evidence()) + end(added));
        columns.set(column, added.parentVersion());
    }

    private static String end(CheckpointDecision.VersionAdded added) {
        if (added instanceof CheckpointDecision.Released released) {
            return released.approval() == null
                    ? ""
                    : ", approved by " + released.approval().by();
        }
        return ", archived";
    }

    /** What the release is for: its own questions where it teaches a document, else the held-out documents. */
    private static String gain(Evidence evidence) {
        return evidence.knowledge().stream()
                .filter(change -> !change.earlier())
                .map(own -> Words.points(own.after() - own.before(), null) + " on its own questions")
                .findFirst()
                .orElseGet(() ->
                        Words.points(evidence.gain().mean(), evidence.gain().standardError()));
    }

    private void leaf(String symbol, CandidateHistory candidate, long parent) {
        columns.add(parent);
        String end = candidate.end() == null
                ? "waits for a person"
                : candidate.person() == null
                        ? ink.red("rejected") + ": " + Words.shortened(candidate.reason())
                        : ink.red("refused") + " by " + Words.shortened(Words.person(candidate.person()));
        int last = columns.size() - 1;
        node(symbol, last, candidate.candidate().candidateId() + "  " + Words.kind(candidate.candidate()) + "  " + end);
        // At once, or twenty rejected siblings would be twenty columns.
        if (columns.indexOf(parent) < last) {
            meet(columns.indexOf(parent), last);
        }
    }

    private String mark(String name, long version) {
        return ink.bold(name) + Words.marks(history, version, ink);
    }

    /** The column that leads to a version, after the others that do have met it; a new one for a tip. */
    private int columnOf(long version) {
        int first = columns.indexOf(version);
        if (first < 0) {
            columns.add(version);
            return columns.size() - 1;
        }
        for (int other = first + 1; other < columns.size(); ) {
            if (columns.get(other) == version) {
                meet(first, other);
            } else {
                other++;
            }
        }
        return first;
    }

    /** Draws how one column bends left into another, and those beyond it move up. */
    private void meet(int first, int other) {
        var line = new StringBuilder();
        for (int column = 0; column < columns.size(); column++) {
            if (column < other) {
                line.append('|');
                line.append(column == other - 1 ? '/' : column >= first ? '_' : ' ');
            } else if (column > other) {
                line.append(" /");
            }
        }
        lines.add(line.toString().stripTrailing());
        columns.remove(other);
    }

    private void node(String symbol, int at, String text) {
        var line = new StringBuilder();
        for (int column = 0; column < columns.size(); column++) {
            line.append(column == at ? symbol : "|").append(' ');
        }
        lines.add(line + " " + text);
    }
}
