package dev.sealstream.devstack.cli;

import dev.sealstream.devstack.StackAddresses;
import dev.sealstream.devstack.events.StackConnection;
import dev.sealstream.devstack.process.Readiness;
import dev.sealstream.devstack.process.StackException;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Options of commands that talk to a stack started elsewhere. Without any, the running one is found by itself. */
final class StackChoice {
    private static final List<String> USUAL_STATES = List.of("stack", "demo");
    private static final String REGISTRY = "http://localhost:18081/apis/registry/v3";

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "Kafka broker; default: that of the running ./seal up or ./seal demo.")
    private String bootstrap;

    @Option(
            names = "--registry",
            paramLabel = "URL",
            description = "Schema registry, with --bootstrap; default: that of --client-config, or " + REGISTRY + ".")
    private String registry;

    @Option(
            names = "--client-config",
            paramLabel = "FILE",
            description = "Properties of a secured stack: " + ClientConfig.ALLOWED + "; default: the file that "
                    + ClientConfig.VARIABLE + " in the environment names.")
    private Path clientConfig;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "State directory of the stack, if it was started with one.")
    private Path state;

    /** @throws StackException if there is none to connect to, or the options contradict each other */
    StackConnection connection() throws InterruptedException {
        var config = ClientConfig.of(clientConfig, System.getenv());
        String broker =
                bootstrap != null ? bootstrap : config.bootstrapServers().orElse(null);
        if (broker != null) {
            String named = registry != null ? registry : config.registryUrl().orElse(REGISTRY);
            return config.connection(broker, named);
        }
        var running = running();
        return config.connection(
                running.bootstrapServers(), running.registryUrl().toString());
    }

    private StackAddresses running() throws InterruptedException {
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
