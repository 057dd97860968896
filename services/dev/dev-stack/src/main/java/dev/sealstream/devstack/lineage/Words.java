package dev.sealstream.devstack.lineage;

import dev.sealstream.domain.Approval;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.Evidence;
import dev.sealstream.domain.KnowledgeChange;
import dev.sealstream.domain.LineageHistory;

import java.util.List;
import java.util.Locale;

/** How figures, versions and people are written on every page. */
final class Words {
    /** Enough digits to tell a lineage's hashes apart, few enough to compare by eye. */
    private static final int HASH_DIGITS = 12;

    private static final int SHORT_CHARACTERS_MAX = 60;

    private Words() {}

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** A difference in percentage points, with its standard error where there is one. */
    static String points(double difference, Double standardError) {
        boolean known = standardError != null && Double.isFinite(standardError);
        return String.format(Locale.ROOT, "%+.1f", 100 * difference)
                + (known ? String.format(Locale.ROOT, " ± %.1f", 100 * standardError) : "");
    }

    static String version(long version) {
        return version == 0 ? "the base model" : "version " + version;
    }

    /** What is special about a version: that it serves, that policy training goes on from it. */
    static String marks(LineageHistory history, long version, Ink ink) {
        boolean isNext =
                history.chosenParent().isPresent() && history.chosenParent().getAsLong() == version;
        return (version == history.head() ? ink.green(" (head)") : "") + (isNext ? ink.bold(" (next parent)") : "");
    }

    static String hash(String hash) {
        return hash.length() <= HASH_DIGITS ? hash : hash.substring(0, HASH_DIGITS);
    }

    static String kind(CandidateProposed candidate) {
        return candidate.kind() == CandidateProposed.Kind.POLICY
                ? "policy"
                : "knowledge of " + candidate.lesson().dataId();
    }

    static String person(Approval person) {
        return person.by() + ": " + person.reason();
    }

    /** Whether the gate's reason says more than the person who decided. */
    static boolean addsTo(String reason, Approval person) {
        return !reason.isEmpty() && (person == null || !reason.endsWith(person.reason()));
    }

    /** For drawings, which a wrapped line would tear. */
    static String shortened(String text) {
        return text.length() <= SHORT_CHARACTERS_MAX ? text : text.substring(0, SHORT_CHARACTERS_MAX - 1) + "…";
    }

    /** The evidence in one line: held-out documents, own questions, earlier data. */
    static String summary(Evidence evidence) {
        if (evidence == null) {
            return "not measured";
        }
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s → %s on %d held-out documents (%s)",
                percent(evidence.benchmarkBefore().mean()),
                percent(evidence.benchmarkAfter().mean()),
                evidence.gain().count(),
                points(evidence.gain().mean(), evidence.gain().standardError())));
        append(text, "own questions", evidence.knowledge(), false);
        append(text, "earlier data", evidence.knowledge(), true);
        return text.toString();
    }

    private static void append(StringBuilder text, String what, List<KnowledgeChange> all, boolean earlier) {
        var changes = all.stream().filter(change -> change.earlier() == earlier).toList();
        if (!changes.isEmpty()) {
            text.append("; ").append(what).append(' ');
            text.append(percent(changes.stream()
                    .mapToDouble(KnowledgeChange::before)
                    .average()
                    .orElseThrow()));
            text.append(" → ");
            text.append(percent(changes.stream()
                    .mapToDouble(KnowledgeChange::after)
                    .average()
                    .orElseThrow()));
        }
    }
}
