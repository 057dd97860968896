package dev.sealstream.devstack.cli;

import dev.sealstream.devstack.lineage.LineageClient;
import dev.sealstream.devstack.lineage.ShowPage;
import dev.sealstream.devstack.process.StackException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.concurrent.Callable;

/** Everything about one version or candidate. */
@Command(
        name = "show",
        description =
                "Show a version or a candidate: evidence before and after, weight change, answers, and who decided"
                        + " and why.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ShowCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "VERSION|CANDIDATE",
            description = "A version's number, head or base, or a candidate's id as ./seal log shows it.")
    private String name;

    @Mixin
    private LineageChoice lineage;

    @Override
    public Integer call() throws InterruptedException {
        Terminal terminal = Terminal.standard();
        lineage.read(client -> page(client, terminal)).forEach(terminal::line);
        return 0;
    }

    private List<String> page(LineageClient client, Terminal terminal) {
        var history = client.history();
        String candidateId = name;
        var version = VersionName.parse(name, client);
        if (version.isPresent()) {
            if (client.requireVersion(version.getAsLong()) == 0) {
                return ShowPage.ofBase(history, terminal);
            }
            candidateId = history.version(version.getAsLong())
                    .orElseThrow()
                    .candidate()
                    .candidateId();
        }
        return history.candidate(candidateId)
                .map(candidate -> ShowPage.of(candidate, history, terminal))
                .orElseThrow(() -> new StackException("candidate " + name + " is unknown to lineage " + history.name()
                        + "; allowed: " + VersionName.ALLOWED + ", or a candidate's id; ./seal log shows them all"));
    }
}
