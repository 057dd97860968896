package dev.sealstream.experiments.cli;

import dev.sealstream.devstack.cli.Terminal;
import dev.sealstream.experiments.knowledge.KnowledgeFindings;
import dev.sealstream.experiments.report.Figures;
import dev.sealstream.experiments.report.KnowledgeReport;

import java.util.List;

/** The table of a finished run on the terminal. */
final class ReportLines {
    private final Terminal terminal;

    ReportLines(Terminal terminal) {
        this.terminal = terminal;
    }

    void print(KnowledgeReport report) {
        KnowledgeFindings findings = report.findings();
        int documents = report.configuration().settings().heldOut();
        terminal.line("");
        terminal.line(terminal.bold("Closed-book accuracy on " + documents + " held-out documents, in per cent"));
        terminal.line("");
        table(findings.arms(), findings.differences());
        if (findings.continuedPretraining() != null) {
            var continued = findings.continuedPretraining();
            terminal.line("");
            terminal.line(terminal.bold("After one update on " + continued.passages() + " of them together"));
            terminal.line("");
            table(continued.arms(), continued.differences());
        }
        terminal.line("");
        if (findings.gain() != null && findings.gain().share() != null) {
            terminal.line(
                    "  learning reached %.0f %% of the way from the base policy to the best of its self-edits",
                    100 * findings.gain().share());
        }
        findings.reliability()
                .forEach(row -> terminal.line(
                        "  reward reliability, %s: %s for one repeat, %s as measured",
                        row.name(), Figures.decimal(row.icc()), Figures.decimal(row.ofRewards())));
        findings.rounds()
                .forEach(round -> terminal.line(
                        "  round %d %s: %s",
                        round.number(),
                        round.released() ? terminal.green("released") : terminal.red("not released"),
                        round.reason()));
        findings.notes().forEach(note -> terminal.line("  note: " + note));
        terminal.line("  took " + Clock.text(report.seconds()) + (report.resumed() ? " since it was resumed" : ""));
    }

    private void table(List<KnowledgeFindings.Arm> arms, List<KnowledgeFindings.Difference> differences) {
        for (var arm : arms) {
            terminal.line(
                    "  %-26s %s%s",
                    arm.name(),
                    Figures.percent(arm.accuracy()),
                    terminal.dim(arm.note().isEmpty() ? "" : "  " + arm.note()));
        }
        terminal.line("");
        terminal.line("  document by document:                          95 % interval");
        for (var difference : differences) {
            terminal.line(
                    "  %-46s %-14s %s",
                    difference.name(),
                    Figures.points(difference.difference()),
                    Figures.interval(difference.difference()));
        }
    }
}
