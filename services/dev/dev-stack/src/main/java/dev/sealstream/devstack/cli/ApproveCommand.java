package dev.sealstream.devstack.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/** A person's yes. */
@Command(
        name = "approve",
        description = "Agree to the release of a candidate that waits for a person; ./seal show CANDIDATE has the"
                + " evidence. The gate still compares it with the head of that moment.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ApproveCommand implements Callable<Integer> {

    @Parameters(paramLabel = "CANDIDATE", description = "Its id, as ./seal log shows it.")
    private String candidateId;

    @Mixin
    private PersonOptions person;

    @Mixin
    private LineageChoice lineage;

    @Override
    public Integer call() throws InterruptedException {
        return Verdict.give(candidateId, true, person, lineage);
    }
}
