package dev.sealstream.experiments.report;

import dev.sealstream.experiments.knowledge.KnowledgeFindings;
import dev.sealstream.experiments.knowledge.KnowledgeSettings;
import dev.sealstream.experiments.run.Configuration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** The report as one HTML page that needs nothing else: no script, no font, no picture from elsewhere. */
public final class ReportPage {
    private ReportPage() {}

    public static String of(KnowledgeReport report) {
        KnowledgeFindings findings = report.findings();
        KnowledgeSettings settings = report.configuration().settings();
        return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
                + "<title>Knowledge incorporation, seed " + settings.seed() + "</title>\n<style>" + style()
                + "</style></head>\n<body>\n<h1>Knowledge incorporation</h1>\n" + lead(report)
                + "<h2>Accuracy</h2>\n" + accuracy(findings)
                + "<h2>Differences, document by document</h2>\n" + differences(findings)
                + "<h2>From round to round</h2>\n" + AccuracyPlot.of(findings.arms()) + rounds(findings)
                + "<h2>Rewards</h2>\n" + rewards(findings)
                + continuedPretraining(findings.continuedPretraining())
                + "<h2>Self-edits before and after</h2>\n" + examples(findings)
                + "<h2>How to do it again</h2>\n" + Provenance.of(report.configuration(), findings.weightsHashes())
                + "</body></html>\n";
    }

    private static String lead(KnowledgeReport report) {
        Configuration<KnowledgeSettings> configuration = report.configuration();
        KnowledgeSettings settings = configuration.settings();
        String source = configuration.data() == null ? "the tiny world" : Html.escaped(configuration.data());
        return "<p class=\"lead\">What do self-edits teach a model about documents its policy never saw? Model: "
                + Html.escaped(configuration.model()) + ". Documents: " + source + ", seed " + settings.seed() + ". "
                + settings.rounds() + (settings.rounds() == 1 ? " round" : " rounds") + " of ReST-EM on "
                + settings.passages() + " documents each, "
                + settings.edits() + " self-edits a document, " + settings.heldOut()
                + " held-out documents measured through the same loop.</p>\n";
    }

    private static String accuracy(KnowledgeFindings findings) {
        var html = new StringBuilder(arms("arms", findings.arms()));
        html.append(
                "<p class=\"note\">Mean and standard error over documents. The best self-edit is chosen by one repeat and"
                        + " scored by the other, so that luck is not counted twice");
        if (findings.bestOfNaive() != null) {
            html.append(
                    "; chosen and scored by the same repeats it would read " + Figures.percent(findings.bestOfNaive()));
        }
        html.append(".</p>\n");
        findings.notes().forEach(note -> html.append("<p class=\"note\">Note: " + Html.escaped(note) + ".</p>\n"));
        return html.toString();
    }

    private static String arms(String id, List<KnowledgeFindings.Arm> arms) {
        var html = new StringBuilder(
                "<table id=\"" + id + "\">" + Html.head("arm", "closed-book accuracy, %", "", "documents"));
        double most =
                arms.stream().mapToDouble(arm -> arm.accuracy().mean()).max().orElse(1);
        for (var arm : arms) {
            String width = String.format(
                    Locale.ROOT, "%.1f", most == 0 ? 0 : 100 * arm.accuracy().mean() / most);
            String note = arm.note().isEmpty() ? "" : "<br/><small>" + Html.escaped(arm.note()) + "</small>";
            html.append(Html.row(
                    Html.escaped(arm.name()) + note,
                    Figures.percent(arm.accuracy()),
                    "<span class=\"meter\"><span style=\"width:" + width + "%\"></span></span>",
                    Integer.toString(arm.accuracy().n())));
        }
        return html.append("</table>\n").toString();
    }

    private static String differences(KnowledgeFindings findings) {
        var html = new StringBuilder(DifferencePlot.of(findings.differences()));
        html.append(differences("differences", findings.differences()));
        if (findings.gain() != null && findings.gain().share() != null) {
            html.append(String.format(
                    Locale.ROOT,
                    "<p class=\"lead\">Learning went <b id=\"share\">%.0f %%</b> of the way from the base policy to the"
                            + " best of its own self-edits.</p>%n",
                    100 * findings.gain().share()));
        }
        return html.toString();
    }

    private static String differences(String id, List<KnowledgeFindings.Difference> differences) {
        var html = new StringBuilder("<table id=\"" + id + "\">"
                + Html.head("difference", "percentage points", "95 % interval", "documents"));
        for (var difference : differences) {
            html.append(Html.row(
                    Html.escaped(difference.name()),
                    Figures.points(difference.difference()),
                    Figures.interval(difference.difference()),
                    Integer.toString(difference.difference().n())));
        }
        return html.append("</table>\n").toString();
    }

    private static String continuedPretraining(KnowledgeFindings.ContinuedPretraining continued) {
        return continued == null
                ? ""
                : "<h2>Continued pre-training: " + continued.passages() + " passages in one update</h2>\n"
                        + arms("corpus", continued.arms())
                        + differences("corpus-differences", continued.differences());
    }

    private static String rounds(KnowledgeFindings findings) {
        var html = new StringBuilder("<table id=\"rounds\">"
                + Html.head("round", "mean reward", "of the selected", "gate", "version", "reason"));
        for (var round : findings.rounds()) {
            html.append(Html.row(
                    Integer.toString(round.number()),
                    Figures.percent(round.reward()),
                    Figures.percent(round.selectedReward()),
                    round.released()
                            ? "<span class=\"good\">released</span>"
                            : "<span class=\"bad\">not released</span>",
                    Long.toString(round.version()),
                    Html.escaped(round.reason())));
        }
        return html.append("</table>\n").toString();
    }

    private static String rewards(KnowledgeFindings findings) {
        var html = new StringBuilder("<div class=\"histograms\">\n");
        findings.rewards().forEach(distribution -> html.append(Histogram.of(distribution)));
        html.append("</div>\n");
        if (!findings.reliability().isEmpty()) {
            html.append("<table id=\"reliability\">"
                    + Html.head(
                            "reliability of the reward (ICC)",
                            "of one repeat",
                            "as measured",
                            "self-edits",
                            "adapters"));
            findings.reliability()
                    .forEach(row -> html.append(Html.row(
                            Html.escaped(row.name()),
                            Figures.decimal(row.icc()),
                            Figures.decimal(row.ofRewards()),
                            Integer.toString(row.selfEdits()),
                            Integer.toString(row.repeats()))));
            html.append("</table>\n<p class=\"note\">SEAL's reward: 0.13 for one repeat, 0.32 for three.</p>\n");
        }
        return html.toString();
    }

    private static String examples(KnowledgeFindings findings) {
        var html = new StringBuilder();
        findings.examples().forEach(example -> html.append(ExampleSection.of(example)));
        return html.append("<p class=\"note\">Numbers are rewards: mean closed-book accuracy after the update.</p>\n")
                .toString();
    }

    static String style() {
        try (InputStream css = ReportPage.class.getResourceAsStream("report.css")) {
            if (css == null) {
                throw new IllegalStateException("resource report.css is missing from the experiments module");
            }
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read report.css", e);
        }
    }
}
