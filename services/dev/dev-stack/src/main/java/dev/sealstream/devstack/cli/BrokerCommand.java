package dev.sealstream.devstack.cli;

import dev.sealstream.devstack.EmbeddedBroker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.nio.file.Path;

/** Runs the broker in this process. The stack starts it; people have no use for it. */
@Command(name = "broker", hidden = true, description = "Run the Kafka broker in this process.")
final class BrokerCommand implements Runnable {

    @Option(names = "--log", required = true, description = "Directory of the broker's log.")
    private Path log;

    @Option(names = "--port", required = true, description = "Port for clients.")
    private int port;

    @Option(names = "--controller-port", required = true, description = "Port for the controller.")
    private int controllerPort;

    @Override
    public void run() {
        new EmbeddedBroker(log, port, controllerPort).run();
    }
}
