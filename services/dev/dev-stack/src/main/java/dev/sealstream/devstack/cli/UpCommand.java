package dev.sealstream.devstack.cli;

import dev.sealstream.devstack.DevStack;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/** Starts the stack and keeps it up. */
@Command(
        name = "up",
        description = "Start broker, registry and every service, and keep them up until Ctrl-C. What arrives is kept"
                + " in .seal/stack and is there again after the next start.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

    @Mixin
    private StackOptions options;

    @Override
    public Integer call() throws InterruptedException {
        Terminal terminal = Terminal.standard();
        terminal.line("Starting the stack");
        try (DevStack stack = DevStack.start(options.config("stack"), new StartLines(terminal))) {
            AddressLines.print(stack, terminal);
            StayUp.untilCtrlC(stack, terminal);
        }
        return 0;
    }
}
