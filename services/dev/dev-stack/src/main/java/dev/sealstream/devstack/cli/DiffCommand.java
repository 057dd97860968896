package dev.sealstream.devstack.cli;

import dev.sealstream.devstack.lineage.DiffPage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/** What lies between two versions. */
@Command(
        name = "diff",
        description = "Show which deltas lie between two versions, what they teach for good, and which modules they"
                + " change most.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class DiffCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "A", description = "A version's number, head or base.")
    private String first;

    @Parameters(index = "1", paramLabel = "B", description = "Another.")
    private String second;

    @Mixin
    private LineageChoice lineage;

    @Override
    public Integer call() throws InterruptedException {
        Terminal terminal = Terminal.standard();
        lineage.read(client -> DiffPage.of(
                        client.history(),
                        VersionName.require(first, client),
                        VersionName.require(second, client),
                        terminal))
                .forEach(terminal::line);
        return 0;
    }
}
