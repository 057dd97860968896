package dev.sealstream.devstack.cli;

import dev.sealstream.devstack.DevStack;

/** Where a started stack can be reached. */
final class StackAddresses {
    private final DevStack stack;

    StackAddresses(DevStack stack) {
        this.stack = stack;
    }

    void print(Terminal terminal) {
        terminal.line("");
        terminal.line("  console   " + terminal.bold(stack.consoleUrl().toString()));
        terminal.line("  broker    " + stack.bootstrapServers());
        terminal.line("  registry  " + stack.registryUrl());
        terminal.line("  logs      " + stack.config().logs());
        terminal.line("");
        terminal.line("Ctrl-C stops every process.");
    }
}
