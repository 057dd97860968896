package dev.sealstream.experiments.cli;

import dev.sealstream.devstack.cli.Terminal;
import dev.sealstream.experiments.knowledge.ExperimentView;
import dev.sealstream.experiments.knowledge.Phase;

import java.util.List;
import java.util.function.LongSupplier;

/** A bar with the time left for the phase that runs; a line for each that has ended. */
final class ExperimentLines implements ExperimentView {
    private static final int BAR_COLUMNS = 24;
    private static final int TENTHS = 10;

    private final Terminal terminal;
    private final LongSupplier nanoClock;
    private final Pace pace;
    private int current;
    private long phaseStarted;
    private int tenthsPrinted;
    private String activityPrinted = "";

    /** @param nanoClock monotonic clock, nanoseconds */
    ExperimentLines(Terminal terminal, LongSupplier nanoClock) {
        this.terminal = terminal;
        this.nanoClock = nanoClock;
        this.pace = new Pace(nanoClock);
    }

    @Override
    public void begun(List<Phase> phases) {
        int done = phases.stream().mapToInt(Phase::rolloutsEnded).sum();
        if (done > 0) {
            terminal.line("  " + done + " rollouts were done by an earlier start");
        }
        begin();
    }

    @Override
    public void progress(List<Phase> phases) {
        pace.note(phases.stream().mapToInt(Phase::adaptersEnded).sum());
        while (current < phases.size() && phases.get(current).isOver()) {
            end(phases.get(current));
        }
        if (current >= phases.size()) {
            return;
        }
        Phase phase = phases.get(current);
        String text = text(phase);
        terminal.status("  " + text);
        int tenths = phase.rolloutsExpected() == 0 ? 0 : TENTHS * phase.rolloutsEnded() / phase.rolloutsExpected();
        boolean news = tenths > tenthsPrinted || !phase.activity().equals(activityPrinted);
        if (news && !terminal.isInteractive()) {
            terminal.line("  " + text);
        }
        tenthsPrinted = Math.max(tenths, tenthsPrinted);
        activityPrinted = phase.activity();
    }

    private void begin() {
        phaseStarted = nanoClock.getAsLong();
        tenthsPrinted = 0;
        activityPrinted = "";
    }

    private void end(Phase phase) {
        terminal.line(
                "  %s %-38s %5d rollouts  %s",
                terminal.green("✓"),
                phase.name(),
                phase.rolloutsEnded(),
                terminal.dim(Clock.text((nanoClock.getAsLong() - phaseStarted) / 1e9)));
        current++;
        begin();
    }

    private String text(Phase phase) {
        int expected = phase.rolloutsExpected();
        int filled = expected == 0 ? 0 : BAR_COLUMNS * phase.rolloutsEnded() / expected;
        String bar = "█".repeat(filled) + "░".repeat(BAR_COLUMNS - filled);
        String what = phase.activity().isEmpty() ? phase.rolloutsEnded() + "/" + expected : phase.activity();
        String left = pace.secondsFor(phase.adaptersExpected() - phase.adaptersEnded()).stream()
                .mapToObj(seconds -> ", about " + Clock.text(seconds) + " left")
                .findFirst()
                .orElse("");
        return bar + "  " + phase.name() + "  " + what + left;
    }
}
