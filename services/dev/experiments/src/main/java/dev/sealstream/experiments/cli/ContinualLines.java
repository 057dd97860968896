package dev.sealstream.experiments.cli;

import dev.sealstream.devstack.cli.Terminal;
import dev.sealstream.experiments.continual.ContinualFindings;
import dev.sealstream.experiments.continual.ContinualView;
import dev.sealstream.experiments.report.ContinualReport;
import dev.sealstream.experiments.report.Figures;

import java.util.Locale;

/** Progress and the table of {@code continual} on the terminal. */
final class ContinualLines implements ContinualView {
    private final Terminal terminal;
    private final String method;
    private int printed = -1;

    ContinualLines(Terminal terminal, String method) {
        this.terminal = terminal;
        this.method = method;
    }

    @Override
    public void progress(int decided, int all) {
        String text = "  " + method + ": " + decided + " of " + all + " documents decided";
        terminal.status(text);
        int tenths = 10 * decided / all;
        if (tenths > printed && !terminal.isInteractive() || decided == all && printed < 10) {
            terminal.line(text);
        }
        printed = Math.max(tenths, printed);
    }

    static void print(Terminal terminal, ContinualReport report) {
        ContinualFindings findings = report.findings();
        terminal.line("");
        terminal.line(terminal.bold("Closed-book accuracy on "
                + report.configuration().settings().length() + " documents learnt one after the other, in per cent"));
        for (var method : findings.methods()) {
            terminal.line("");
            terminal.line("  %s: %d of %d documents let in", method.method(), method.released(), method.documents());
            for (var row : method.matrix()) {
                var line = new StringBuilder("   ");
                row.forEach(share -> line.append(String.format(Locale.ROOT, "%5.0f", 100 * share)));
                terminal.line(line.toString());
            }
            terminal.line(
                    "  after the last %s, right after each %s%s",
                    Figures.percent(method.last()),
                    Figures.percent(method.afterEach()),
                    method.retained() == null
                            ? ""
                            : String.format(Locale.ROOT, ", kept %.0f %%", 100 * method.retained()));
            terminal.line(
                    "  backward transfer %s, above the untouched model %s, worst fall of the benchmark %.1f",
                    Figures.points(method.backwardTransfer()),
                    Figures.points(method.aboveUntouched()),
                    100 * method.benchmarkDrop());
        }
        terminal.line("");
        if (findings.difference() != null) {
            terminal.line(
                    "  against plain merging %s, 95 %% interval %s",
                    Figures.points(findings.difference()), Figures.interval(findings.difference()));
        }
        terminal.line("  took " + Clock.text(report.seconds()) + (report.resumed() ? " since it was resumed" : ""));
    }
}
