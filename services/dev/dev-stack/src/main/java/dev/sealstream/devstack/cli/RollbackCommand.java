package dev.sealstream.devstack.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/** Another version becomes the head. */
@Command(
        name = "rollback",
        description = "Make another version the head, back or forward; every service follows. Nothing is deleted: what"
                + " was released stays in the log and can be the head again.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RollbackCommand implements Callable<Integer> {

    @Parameters(paramLabel = "VERSION", description = "A released version's number, or base.")
    private String version;

    @Mixin
    private PersonOptions person;

    @Mixin
    private LineageChoice lineage;

    @Override
    public Integer call() throws InterruptedException {
        String why = person.why();
        String by = person.by();
        Terminal terminal = Terminal.standard();
        return lineage.read(client -> {
            long from = client.history().head();
            long to = VersionName.require(version, client);
            client.rollBack(to, by, why);
            boolean done = client.awaitHead(to, Verdict.WAIT);
            terminal.line(
                    done
                            ? "The head of " + client.history().name() + " moved from version " + from + " to " + to
                                    + "; ./seal rollback " + from + " undoes it"
                            : "The gate has not moved the head within " + Verdict.WAIT.toSeconds()
                                    + " s; is checkpoint-gate running? ./seal log shows where the head is");
            return 0;
        });
    }
}
