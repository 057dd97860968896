package dev.sealstream.devstack.cli;

import dev.sealstream.devstack.StackListener;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Shows the start: one line with a tick for each process that serves, and below it who is still awaited. */
public final class StartLines implements StackListener {
    private final Terminal terminal;
    private final Set<String> awaited = new LinkedHashSet<>();

    public StartLines(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void leftoversStopped(List<String> names) {
        terminal.line("  stopped what an earlier run left behind: " + String.join(", ", names));
    }

    @Override
    public void starting(String name) {
        awaited.add(name);
        showAwaited();
    }

    @Override
    public void ready(String name, Duration took) {
        awaited.remove(name);
        terminal.line(
                "  %s %-20s %s",
                terminal.green("✓"), name, terminal.dim(String.format("%4.1f s", took.toMillis() / 1e3)));
        showAwaited();
    }

    private void showAwaited() {
        if (!awaited.isEmpty()) {
            terminal.status("  … starting " + String.join(", ", awaited));
        }
    }
}
