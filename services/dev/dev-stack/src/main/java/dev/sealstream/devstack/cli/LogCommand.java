package dev.sealstream.devstack.cli;

import dev.sealstream.devstack.lineage.GraphPage;
import dev.sealstream.devstack.lineage.LogPage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.concurrent.Callable;

/** The history of a lineage. */
@Command(
        name = "log",
        description = "Show what a lineage released and rejected and what waits for a person, the newest first.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class LogCommand implements Callable<Integer> {

    @Option(
            names = "--graph",
            description = "Draw the tree of versions: * a version, x a rejected candidate, ? one that waits.")
    private boolean graph;

    @Mixin
    private LineageChoice lineage;

    @Override
    public Integer call() throws InterruptedException {
        Terminal terminal = Terminal.standard();
        var lines = lineage.read(
                client -> graph ? GraphPage.of(client.history(), terminal) : LogPage.of(client.history(), terminal));
        lines.forEach(terminal::line);
        return 0;
    }
}
