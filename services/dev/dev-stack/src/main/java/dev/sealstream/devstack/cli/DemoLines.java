package dev.sealstream.devstack.cli;

import dev.sealstream.devstack.demo.ArmTable;
import dev.sealstream.devstack.demo.DemoReport;
import dev.sealstream.devstack.demo.DemoView;
import dev.sealstream.devstack.demo.RewardSummary;
import dev.sealstream.devstack.demo.RoundPhase;
import dev.sealstream.devstack.demo.RoundProgress;
import dev.sealstream.devstack.demo.RoundReport;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.Estimate;

import java.util.Locale;

/** Shows a demo: a bar while a round runs, a few lines when it ends, the table at last. */
final class DemoLines implements DemoView {
    private static final int BAR_COLUMNS = 24;
    private static final int TENTHS = 10;

    private final Terminal terminal;
    private int tenthsPrinted;
    private RoundPhase phasePrinted;

    DemoLines(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void roundStarted(int number, int documents) {
        tenthsPrinted = 0;
        phasePrinted = RoundPhase.ROLLOUTS;
        terminal.line("");
        terminal.line(terminal.bold("Round " + number) + ": " + documents + " documents");
    }

    @Override
    public void progress(RoundProgress round, double seconds) {
        RoundPhase phase = round.phase();
        boolean rolling = phase == RoundPhase.PROPOSING || phase == RoundPhase.ROLLOUTS;
        if (rolling) {
            terminal.status("  " + bar(round) + "  " + clock(seconds));
            printTenth(round, seconds);
            return;
        }
        if (phasePrinted == RoundPhase.ROLLOUTS) {
            printRewards(round.rewards(), seconds);
        }
        if (phase != phasePrinted && phase != RoundPhase.DECIDED && !terminal.isInteractive()) {
            terminal.line("  " + phase.inWords());
        }
        phasePrinted = phase;
        if (phase != RoundPhase.DECIDED) {
            terminal.status("  … " + phase.inWords() + "  " + clock(seconds));
        }
    }

    @Override
    public void roundEnded(RoundReport round) {
        boolean archived = round.decision() instanceof CheckpointDecision.Archived;
        String mark = round.isReleased()
                ? terminal.green("✓ released")
                : archived ? terminal.bold("○ archived") : terminal.red("✗ rejected");
        String version = round.decision() instanceof CheckpointDecision.VersionAdded added
                ? " as version " + added.version()
                : "";
        terminal.line("  " + mark + version + " after " + clock(round.seconds()) + ": " + round.reason());
    }

    /** The table and the paired differences. */
    void report(DemoReport report) {
        terminal.line("");
        terminal.line(terminal.bold("Closed-book accuracy on "
                + report.settings().benchmark() + " documents the policy was not trained on"));
        terminal.line("");
        for (ArmTable.Arm arm : report.table().arms()) {
            terminal.line("  %-28s %s", arm.name(), percent(arm.accuracy(), "%5.1f %%"));
        }
        report.rounds().stream()
                .filter(round -> !round.isReleased())
                .forEach(round -> terminal.line(terminal.dim("  (the candidate of round " + round.number()
                        + " was not released: the policy is the one before)")));
        terminal.line("");
        terminal.line("  document by document:");
        for (ArmTable.Difference difference : report.table().differences()) {
            Estimate estimate = difference.difference();
            terminal.line("  %-46s %s   %s", difference.name(), percent(estimate, "%+6.1f"), standardErrors(estimate));
        }
        terminal.line("");
        int rounds = report.rounds().size();
        terminal.line("  %d round%s in %s", rounds, rounds == 1 ? "" : "s", clock(report.seconds()));
    }

    private void printTenth(RoundProgress round, double seconds) {
        int tenths = round.rolloutsExpected() == 0 ? 0 : TENTHS * round.rolloutsEnded() / round.rolloutsExpected();
        if (tenths > tenthsPrinted && !terminal.isInteractive()) {
            terminal.line("  " + bar(round) + "  " + clock(seconds));
        }
        tenthsPrinted = tenths;
    }

    private void printRewards(RewardSummary rewards, double seconds) {
        rewards.all()
                .ifPresent(all -> terminal.line(
                        "  reward %s over %d rollouts, %s for the best of each document  %s",
                        number(all),
                        all.count(),
                        rewards.selected().map(DemoLines::number).orElse("none"),
                        terminal.dim(clock(seconds))));
    }

    private static String bar(RoundProgress round) {
        int ended = round.rolloutsEnded();
        int expected = round.rolloutsExpected();
        int filled = expected == 0 ? 0 : BAR_COLUMNS * ended / expected;
        String reward =
                round.rewards().all().map(all -> "  mean reward " + number(all)).orElse("");
        String count = expected == 0 ? RoundPhase.PROPOSING.inWords() : ended + "/" + expected + " rollouts";
        return "█".repeat(filled) + "░".repeat(BAR_COLUMNS - filled) + "  " + count + reward;
    }

    private static String number(Estimate estimate) {
        return String.format(Locale.ROOT, "%.3f", estimate.mean());
    }

    private static String percent(Estimate estimate, String format) {
        String error =
                estimate.count() > 1 ? String.format(Locale.ROOT, " ± %.1f", 100 * estimate.standardError()) : "";
        return String.format(Locale.ROOT, format, 100 * estimate.mean()) + error;
    }

    private static String standardErrors(Estimate estimate) {
        boolean defined = estimate.count() > 1 && estimate.standardError() > 0;
        return defined
                ? String.format(Locale.ROOT, "%+.1f standard errors", estimate.mean() / estimate.standardError())
                : "";
    }

    private static String clock(double seconds) {
        long whole = (long) seconds;
        return String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
    }
}
