package dev.sealstream.devstack.cli;

import dev.sealstream.devstack.StackAddresses;
import dev.sealstream.devstack.process.Readiness;
import dev.sealstream.devstack.process.StackException;
import picocli.CommandLine.Option;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Options of commands that talk to a stack started elsewhere. Without any, the running one is found by itself. */
final class StackChoice {
    private static final List<String> USUAL_STATES = List.of("stack", "demo");

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "Kafka broker; default: that of the running ./seal up or ./seal demo.")
    private String bootstrap;

    @Option(
            names = "--registry",
            paramLabel = "URL",
            description = "Schema registry, with --bootstrap; default: ${DEFAULT-VALUE}.")
    private URI registry = URI.create("http://localhost:18081/apis/registry/v3");

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "State directory of the stack, if it was started with one.")
    private Path state;

    StackAddresses addresses() throws InterruptedException {
        if (bootstrap != null) {
            return new StackAddresses(bootstrap, registry, URI.create("http://localhost"));
        }
        Path states = Seal.root().resolve(".seal");
        List<Path> candidates = state != null
                ? List.of(state)
                : USUAL_STATES.stream().map(states::resolve).toList();
        for (Path candidate : candidates) {
            Optional<StackAddresses> found = StackAddresses.read(candidate);
            if (found.isPresent() && serves(found.get())) {
                return found.get();
            }
        }
        throw new StackException("no stack is running; start one with ./seal up, or name a broker with --bootstrap");
    }

    private static boolean serves(StackAddresses addresses) throws InterruptedException {
        String servers = addresses.bootstrapServers();
        return Readiness.tcp(Integer.parseInt(servers.substring(servers.lastIndexOf(':') + 1)))
                .isReady();
    }
}
