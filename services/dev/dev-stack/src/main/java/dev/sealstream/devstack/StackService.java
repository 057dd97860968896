package dev.sealstream.devstack;

import dev.sealstream.devstack.process.ChildProcess;
import dev.sealstream.devstack.process.ProcessSpec;
import dev.sealstream.devstack.process.ProcessSupervisor;

import java.net.URI;
import java.nio.file.Path;

/** Handle on one service process: for failure tests, which end it and start it again. Not thread-safe. */
public final class StackService {
    private final ProcessSupervisor supervisor;
    private final ProcessSpec spec;
    private final int port;
    private ChildProcess child;

    StackService(ProcessSupervisor supervisor, ProcessSpec spec, int port) {
        this.supervisor = supervisor;
        this.spec = spec;
        this.port = port;
    }

    public String name() {
        return spec.name();
    }

    /** Base address of the service's HTTP endpoints: health, metrics, and the console's page. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public Path log() {
        return spec.log();
    }

    public boolean isAlive() {
        return child != null && child.isAlive();
    }

    /** Starts the process and waits until it serves. */
    public void start() {
        launch();
        awaitReady();
    }

    /** Lets the process stop by itself: it finishes or abandons its work as it would on a roll-out. */
    public void stop() {
        supervisor.stop(running());
        child = null;
    }

    /** Ends the process as a power cut would. */
    public void kill9() {
        supervisor.kill(running());
        child = null;
    }

    void launch() {
        if (isAlive()) {
            throw new IllegalStateException(name() + " runs already");
        }
        child = supervisor.start(spec);
    }

    void awaitReady() {
        supervisor.awaitReady(running());
    }

    ChildProcess running() {
        if (child == null) {
            throw new IllegalStateException(name() + " is not running; start it first");
        }
        return child;
    }
}
