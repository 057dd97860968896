package dev.sealstream.experiments.cli;

import dev.sealstream.devstack.process.StackException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

import java.io.PrintWriter;
import java.util.logging.LogManager;

/** {@code ./seal experiment}: the experiments there are. */
@Command(
        name = "seal experiment",
        description = "Run an experiment on the whole loop and report what it found.",
        subcommands = {KnowledgeCommand.class, ContinualCommand.class, HelpCommand.class},
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Exit codes: 0 done, 1 failed, 2 wrong usage."})
public final class ExperimentCommand {

    @Option(names = "--verbose", description = "Show the stack trace of a failure.", scope = ScopeType.INHERIT)
    private boolean verbose;

    public static void main(String[] arguments) {
        // Libraries log to standard error, which is the user's terminal.
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "off");
        LogManager.getLogManager().reset();
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        ExperimentCommand root = new ExperimentCommand();
        return new CommandLine(root)
                .setParameterExceptionHandler((refused, arguments) -> {
                    PrintWriter err = refused.getCommandLine().getErr();
                    err.println("seal: " + refused.getMessage() + "; ./seal experiment COMMAND --help tells more");
                    err.flush();
                    return CommandLine.ExitCode.USAGE;
                })
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> root.report(failure, command.getErr()))
                .setUsageHelpAutoWidth(true);
    }

    private int report(Exception failure, PrintWriter err) {
        String hint = verbose ? "" : " (run again with --verbose to see where)";
        err.println("seal: " + (failure instanceof StackException ? failure.getMessage() : failure + hint));
        if (verbose) {
            failure.printStackTrace(err);
        }
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }
}
