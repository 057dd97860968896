package dev.sealstream.devstack.cli;

import dev.sealstream.devstack.DevStack;

/** Where a started stack can be reached, for people. */
final class AddressLines {

    private AddressLines() {}

    static void print(DevStack stack, Terminal terminal) {
        terminal.line("");
        terminal.line("  console   " + terminal.bold(stack.consoleUrl().toString()));
        terminal.line("  broker    " + stack.bootstrapServers());
        terminal.line("  registry  " + stack.registryUrl());
        terminal.line("  logs      " + stack.config().logs());
        terminal.line("");
        terminal.line("Ctrl-C stops every process.");
    }
}
