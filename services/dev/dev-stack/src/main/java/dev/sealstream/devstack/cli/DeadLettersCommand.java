package dev.sealstream.devstack.cli;

import picocli.CommandLine.Command;

/** What no stage could work on. */
@Command(
        name = "dead-letters",
        description = "Records that no stage could work on: look at them, and send them back once their cause is gone.",
        mixinStandardHelpOptions = true,
        subcommands = {DeadLettersList.class, DeadLettersShow.class, DeadLettersReplay.class},
        synopsisSubcommandLabel = "(list | show | replay)")
final class DeadLettersCommand {}
