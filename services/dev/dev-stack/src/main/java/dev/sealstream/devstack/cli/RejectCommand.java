package dev.sealstream.devstack.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/** A person's no. */
@Command(
        name = "reject",
        description = "Refuse a candidate that waits for a person; ./seal show CANDIDATE has the evidence. It stays in"
                + " the log as rejected, with who refused it and why.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RejectCommand implements Callable<Integer> {

    @Parameters(paramLabel = "CANDIDATE", description = "Its id, as ./seal log shows it.")
    private String candidateId;

    @Mixin
    private PersonOptions person;

    @Mixin
    private LineageChoice lineage;

    @Override
    public Integer call() throws InterruptedException {
        return Verdict.give(candidateId, false, person, lineage);
    }
}
