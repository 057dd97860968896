package dev.sealstream.devstack.lineage;

import dev.sealstream.domain.CandidateHistory;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.Comparison;
import dev.sealstream.domain.DeltaSize;
import dev.sealstream.domain.Evidence;
import dev.sealstream.domain.LineageHistory;
import dev.sealstream.domain.SnapshotTaken;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** {@code ./seal show}: one candidate, or the version it became, with all the evidence side by side. */
public final class ShowPage {
    private static final double BYTES_OF_MEGABYTE = 1_000_000;

    private final LineageHistory history;
    private final Ink ink;
    private final List<String> lines = new ArrayList<>();

    private ShowPage(LineageHistory history, Ink ink) {
        this.history = history;
        this.ink = ink;
    }

    public static List<String> of(CandidateHistory candidate, LineageHistory history, Ink ink) {
        var page = new ShowPage(history, ink);
        page.candidate(candidate);
        return page.lines;
    }

    /** Version 0, which no candidate became. */
    public static List<String> ofBase(LineageHistory history, Ink ink) {
        var page = new ShowPage(history, ink);
        page.lines.add(ink.bold("version 0") + " of " + history.name() + page.headMark(0) + ": the base model");
        page.lines.add("");
        page.detail("weights", history.tree().map(tree -> tree.weightsHash(0)).orElse("nothing was released yet"));
        page.children(0);
        return page.lines;
    }

    private void candidate(CandidateHistory candidate) {
        if (candidate.version() != null) {
            lines.add(ink.bold("version " + candidate.version()) + " of " + history.name()
                    + headMark(candidate.version()));
        } else {
            lines.add(ink.bold("candidate " + candidate.candidate().candidateId()) + " of " + history.name());
        }
        lines.add("");
        facts(candidate);
        comparisons(Comparison.of(candidate));
        var evidence = candidate.evidence();
        if (evidence != null) {
            change(evidence);
        }
        answers(candidate);
        next(candidate);
    }

    private void facts(CandidateHistory candidate) {
        detail("candidate", candidate.candidate().candidateId());
        detail("teaches", Words.kind(candidate.candidate()));
        detail(
                "learnt from",
                String.format(
                        Locale.ROOT,
                        "%d group%s of self-edits with mean reward %.2f, on %s",
                        candidate.candidate().rolloutGroupIds().size(),
                        candidate.candidate().rolloutGroupIds().size() == 1 ? "" : "s",
                        candidate.candidate().meanReward(),
                        Words.version(candidate.candidate().parentVersion())));
        if (candidate.end() instanceof CheckpointDecision.VersionAdded version) {
            detail("parent", Words.version(version.parentVersion()) + ", weights " + version.parentWeightsHash());
            detail("weights", version.weightsHash());
            history.snapshot(version.weightsHash()).ifPresent(this::snapshot);
            children(version.version());
        } else if (candidate.evidence() != null) {
            detail("measured on", Words.version(candidate.onVersion()));
        }
        detail("decision", decision(candidate));
        if (Words.addsTo(candidate.reason(), candidate.person())) {
            detail("why", candidate.reason());
        }
        if (candidate.person() != null) {
            detail("decided by", Words.person(candidate.person()));
        }
        candidate.alarms().forEach(alarm -> detail("guard", ink.red(alarm.finding())));
    }

    private String decision(CandidateHistory candidate) {
        return switch (candidate.standing()) {
            case PROPOSED ->
                candidate.measured() == null
                        ? "none yet: the evaluator has not measured it"
                        : "none yet: the gate has its measurement"
                                + (candidate.measured().failure() == null
                                        ? ""
                                        : ", which failed: "
                                                + candidate.measured().failure());
            case HELD -> ink.bold("waits for a person");
            case RELEASED -> ink.green("released");
            case ARCHIVED -> "archived: it does not serve, but a search may go on from it";
            case REJECTED -> ink.red("rejected");
        };
    }

    private void comparisons(List<Comparison> all) {
        if (all.isEmpty()) {
            return;
        }
        int width = all.stream().mapToInt(one -> one.what().length()).max().orElse(0);
        String row = "  %-" + width + "s  %8s  %8s  %s";
        lines.add("");
        lines.add(ink.dim(
                String.format(Locale.ROOT, row, "closed-book accuracy", "before", "after", "change in points")));
        for (var one : all) {
            String change = Words.points(one.change(), one.standardError());
            lines.add(String.format(
                    Locale.ROOT, row, one.what(), Words.percent(one.before()), Words.percent(one.after()), change));
        }
    }

    private void change(Evidence evidence) {
        lines.add("");
        DeltaSize size = evidence.size();
        detail(
                "weights",
                String.format(
                        Locale.ROOT,
                        "changed by norm %.3g, largest singular value %.3g",
                        size.frobeniusNorm(),
                        size.largestSingularValue()));
        detail(
                "words",
                String.format(Locale.ROOT, "diverge by %.3g nats a token on fixed texts", evidence.divergence()));
    }

    private void answers(CandidateHistory candidate) {
        if (candidate.measured() == null || candidate.measured().answers().isEmpty()) {
            return;
        }
        lines.add("");
        lines.add("  Some answers");
        for (var answer : candidate.measured().answers()) {
            lines.add("");
            lines.add("    " + answer.question() + ink.dim("  (" + answer.dataId() + ")"));
            lines.add("      " + ink.dim("expected  ")
                    + answer.expected()
                    + (answer.labelFree() ? ink.dim("  (by the model itself)") : ""));
            lines.add("      " + ink.dim("before    ") + answer.before());
            lines.add("      " + ink.dim("after     ") + answer.after());
        }
    }

    private void next(CandidateHistory candidate) {
        if (candidate.standing() == CandidateHistory.Standing.HELD) {
            String id = candidate.candidate().candidateId();
            lines.add("");
            lines.add("  ./seal approve " + id + " --why \"…\"   or   ./seal reject " + id + " --why \"…\"");
        }
    }

    private void snapshot(SnapshotTaken snapshot) {
        detail(
                "snapshot",
                String.format(
                        Locale.ROOT,
                        "%d file%s of %.1f MB in the artifact store, unless two newer ones followed",
                        snapshot.files().size(),
                        snapshot.files().size() == 1 ? "" : "s",
                        snapshot.bytes() / BYTES_OF_MEGABYTE));
    }

    private void children(long version) {
        String children = history.versions().stream()
                .filter(one -> one.parentVersion() == version)
                .map(one -> Long.toString(one.version()))
                .collect(Collectors.joining(", "));
        if (!children.isEmpty()) {
            detail("built on it", "version " + children);
        }
    }

    private String headMark(long version) {
        return Words.marks(history, version, ink);
    }

    private void detail(String name, String value) {
        lines.add("  " + ink.dim(String.format("%-12s", name)) + value);
    }
}
