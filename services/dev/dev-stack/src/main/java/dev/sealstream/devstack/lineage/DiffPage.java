package dev.sealstream.devstack.lineage;

import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.Lineage;
import dev.sealstream.domain.LineageHistory;
import dev.sealstream.domain.VersionDiff;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** {@code ./seal diff}: which deltas lie between two versions, what they teach, and where they change weights. */
public final class DiffPage {
    /** Models have hundreds of modules; those that change most are what one looks for. */
    private static final int MODULES_MAX = 10;

    private final Ink ink;
    private final List<String> lines = new ArrayList<>();

    private DiffPage(Ink ink) {
        this.ink = ink;
    }

    /** Both versions must be the lineage's. */
    public static List<String> of(LineageHistory history, long first, long second, Ink ink) {
        var page = new DiffPage(ink);
        page.lines.add(page.title(history, first, second));
        if (first == second || history.tree().isEmpty()) {
            page.lines.add("");
            page.lines.add("  They are the same.");
            return page.lines;
        }
        page.write(
                history.tree().orElseThrow(), VersionDiff.between(history.tree().orElseThrow(), first, second));
        return page.lines;
    }

    private String title(LineageHistory history, long first, long second) {
        return "From " + ink.bold(Words.version(first)) + " to " + ink.bold(Words.version(second)) + " of "
                + history.name();
    }

    private void write(Lineage lineage, VersionDiff diff) {
        lines.add("");
        lines.add("  Both hold " + Words.version(diff.common()) + " (weights "
                + Words.hash(lineage.weightsHash(diff.common())) + ").");
        deltas(ink.red("−"), diff.without());
        deltas(ink.green("+"), diff.with());
        lessons(
                "no longer learnt for good",
                ink.red("−"),
                diff.unlearnt().stream().map(lesson -> lesson.dataId()).toList());
        lessons(
                "learnt for good",
                ink.green("+"),
                diff.learnt().stream().map(lesson -> lesson.dataId()).toList());
        modules(diff);
    }

    private void deltas(String sign, List<CheckpointDecision.VersionAdded> versions) {
        if (!versions.isEmpty()) {
            lines.add("");
        }
        for (var version : versions) {
            lines.add("  " + sign + " version " + version.version() + "  " + Words.kind(version.candidate()) + "  "
                    + Words.summary(version.evidence()));
        }
    }

    private void lessons(String title, String sign, List<String> dataIds) {
        if (dataIds.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add("  " + title);
        dataIds.forEach(id -> lines.add("  " + sign + " " + id));
    }

    /** Norms add up to at most their sum: deltas may partly undo each other. */
    private void modules(VersionDiff diff) {
        var norms = new TreeMap<String, Double>();
        double total = 0;
        for (var versions : List.of(diff.without(), diff.with())) {
            for (var version : versions) {
                total += version.evidence().size().frobeniusNorm();
                version.evidence()
                        .size()
                        .normPerModule()
                        .forEach((module, norm) -> norms.merge(module, norm, Double::sum));
            }
        }
        lines.add("");
        lines.add(String.format(Locale.ROOT, "  weights differ by norm %.3g at most", total));
        int width = norms.keySet().stream().mapToInt(String::length).max().orElse(0);
        norms.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .limit(MODULES_MAX)
                .forEach(module -> lines.add(
                        String.format(Locale.ROOT, "    %-" + width + "s  %.3g", module.getKey(), module.getValue())));
        if (norms.size() > MODULES_MAX) {
            lines.add(ink.dim("    and " + (norms.size() - MODULES_MAX) + " modules that change less"));
        }
    }
}
