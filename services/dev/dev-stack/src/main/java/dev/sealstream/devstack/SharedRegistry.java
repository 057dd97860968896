package dev.sealstream.devstack;

import dev.sealstream.devstack.process.ProcessSupervisor;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** A schema registry in memory, as a process of its own, for stacks that come and go beside it. */
public final class SharedRegistry implements AutoCloseable {
    private static final Duration STOP_GRACE = Duration.ofSeconds(10);

    private final ProcessSupervisor supervisor;
    private final URI url;

    private SharedRegistry(ProcessSupervisor supervisor, URI url) {
        this.supervisor = supervisor;
        this.url = url;
    }

    /**
     * Starts it and waits until it serves.
     *
     * @param root of the repository, where the build left it
     * @param state where it writes its log
     */
    public static SharedRegistry start(Path root, Path state) {
        var config = DevStackConfig.forTest(root, state);
        var ports = config.ports().resolved();
        var supervisor = new ProcessSupervisor(config.state(), STOP_GRACE);
        supervisor.awaitReady(supervisor.start(new StackCommands(config, ports).registry()));
        return new SharedRegistry(supervisor, StackCommands.registryUrl(config, ports));
    }

    /** Core API of the registry, as Apicurio's clients want it. */
    public URI url() {
        return url;
    }

    @Override
    public void close() {
        supervisor.close();
    }
}
