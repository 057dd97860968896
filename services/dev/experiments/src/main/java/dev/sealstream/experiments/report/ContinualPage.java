package dev.sealstream.experiments.report;

import dev.sealstream.experiments.continual.ContinualFindings;
import dev.sealstream.experiments.continual.ContinualSettings;
import dev.sealstream.experiments.continual.MethodFindings;
import dev.sealstream.experiments.continual.SequenceResult;

import java.util.Locale;
import java.util.Map;

/** The report as one HTML page that needs nothing else. */
public final class ContinualPage {
    private ContinualPage() {}

    public static String of(ContinualReport report) {
        ContinualSettings settings = report.configuration().settings();
        ContinualFindings findings = report.findings();
        var html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
                + "<title>Continual adaptation, seed " + settings.seed() + "</title>\n<style>" + ReportPage.style()
                + "</style></head>\n<body>\n<h1>Continual adaptation</h1>\n<p class=\"lead\">"
                + settings.length()
                + " documents are learnt for good one after the other, one accepted self-edit each, in "
                + settings.sequences() + " sequences. What is left of each document after the last? Model: "
                + Html.escaped(report.configuration().model()) + ", seed " + settings.seed() + ".</p>\n"
                + "<h2>What is left</h2>\n" + table(findings));
        findings.methods()
                .forEach(method -> html.append("<h2>Forgetting matrix: " + Html.escaped(method.method()) + "</h2>\n"
                        + MatrixPlot.of(method.method(), method.matrix()) + rejections(method)));
        return html.append("<p class=\"note\">Closed-book accuracy in per cent on the document of the column, mean over"
                        + " sequences.</p>\n<h2>How to do it again</h2>\n"
                        + Provenance.of(report.configuration(), Map.of()) + "</body></html>\n")
                .toString();
    }

    private static String table(ContinualFindings findings) {
        var html = new StringBuilder("<table id=\"methods\">"
                + Html.head(
                        "against forgetting",
                        "after the last, %",
                        "right after each, %",
                        "kept",
                        "backward transfer",
                        "above the untouched model",
                        "first document alone",
                        "let in",
                        "worst fall of the benchmark"));
        for (var method : findings.methods()) {
            html.append(Html.row(
                    Html.escaped(method.method()),
                    Figures.percent(method.last()),
                    Figures.percent(method.afterEach()),
                    share(method.retained()),
                    Figures.points(method.backwardTransfer()),
                    Figures.points(method.aboveUntouched()),
                    Figures.percent(method.single()),
                    method.released() + " of " + method.documents(),
                    String.format(Locale.ROOT, "%.1f", 100 * method.benchmarkDrop())));
        }
        html.append("</table>\n");
        if (findings.difference() != null) {
            html.append("<p class=\"lead\">Against plain merging, sequence by sequence: <b id=\"difference\">"
                    + Figures.points(findings.difference()) + "</b> points (95 % interval "
                    + Figures.interval(findings.difference()) + ").</p>\n");
        }
        return html.append(
                        "<p class=\"note\">Means and standard errors over sequences. Plain merging runs with an open gate,"
                                + " as SEAL's study does; the other method with the gate as it is.</p>\n")
                .toString();
    }

    private static String rejections(MethodFindings method) {
        var html = new StringBuilder();
        for (SequenceResult sequence : method.sequences()) {
            sequence.rejections()
                    .forEach(reason ->
                            html.append("<li>" + Html.escaped(sequence.lineage() + ", " + reason) + "</li>\n"));
        }
        return html.length() == 0 ? "" : "<details><summary>Not let in</summary><ul>\n" + html + "</ul></details>\n";
    }

    private static String share(Double share) {
        return share == null ? "–" : String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }
}
