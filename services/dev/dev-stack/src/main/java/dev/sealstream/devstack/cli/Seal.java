package dev.sealstream.devstack.cli;

import dev.sealstream.devstack.process.StackException;
import dev.sealstream.eventstreaming.AccessRefusedException;
import dev.sealstream.eventstreaming.TransientFaultException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.logging.LogManager;

/** The root of the command line, and the launcher's main class. */
@Command(
        name = "seal",
        description = "A language model that improves itself, run as an event stream.",
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            SendCommand.class,
            WatchCommand.class,
            LogCommand.class,
            ShowCommand.class,
            DiffCommand.class,
            ApproveCommand.class,
            RejectCommand.class,
            RollbackCommand.class,
            DeadLettersCommand.class,
            BrokerCommand.class,
            HelpCommand.class
        },
        mixinStandardHelpOptions = true,
        version = "Sealstream 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "./seal experiment measures what learning is worth, ./seal bench measures speed; --help tells more.",
            "Exit codes: 0 done, 1 failed, 2 wrong usage."
        })
public final class Seal {

    @Option(names = "--verbose", description = "Show the stack trace of a failure.", scope = ScopeType.INHERIT)
    private boolean verbose;

    public static void main(String[] arguments) {
        quietLogging(arguments);
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        Seal seal = new Seal();
        return new CommandLine(seal)
                .setParameterExceptionHandler((refused, arguments) -> seal.wrongUsage(refused))
                .setExecutionExceptionHandler((failure, command, parsed) -> seal.report(failure, command.getErr()))
                .setUsageHelpAutoWidth(true);
    }

    /** One line that says what is wrong; the whole usage would bury it. */
    private int wrongUsage(ParameterException refused) {
        CommandLine command = refused.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("seal: " + refused.getMessage());
        UnmatchedArgumentException.printSuggestions(refused, err);
        err.println("./" + command.getCommandSpec().qualifiedName() + " --help tells more");
        err.flush();
        return CommandLine.ExitCode.USAGE;
    }

    private int report(Exception failure, PrintWriter err) {
        err.println("seal: " + (saysWhatToDo(failure) ? failure.getMessage() : unexpected(failure)));
        if (verbose) {
            failure.printStackTrace(err);
        }
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static boolean saysWhatToDo(Exception failure) {
        return failure instanceof StackException
                || failure instanceof TransientFaultException
                || failure instanceof AccessRefusedException;
    }

    private String unexpected(Exception failure) {
        return failure + (verbose ? "" : " (run again with --verbose to see where)");
    }

    /** Libraries log to standard error, which for every command but the broker is the user's terminal. */
    private static void quietLogging(String[] arguments) {
        boolean broker = arguments.length > 0 && arguments[0].equals("broker");
        System.setProperty("org.slf4j.simpleLogger.showDateTime", "true");
        System.setProperty("org.slf4j.simpleLogger.dateTimeFormat", "HH:mm:ss.SSS");
        if (!broker) {
            System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "off");
            LogManager.getLogManager().reset();
        }
    }

    /** Root of the repository; the {@code seal} script passes it on. */
    public static Path root() {
        return Path.of(System.getProperty("seal.root", "")).toAbsolutePath().normalize();
    }
}
