package dev.sealstream.devstack.cli;

import dev.sealstream.devstack.EmbeddedBroker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** Runs the broker in this process. The stack starts it; people have no use for it. */
@Command(name = "broker", hidden = true, description = "Run the Kafka broker in this process.")
final class BrokerCommand implements Runnable {

    @Option(names = "--log", required = true, description = "Directory of the broker's log.")
    private Path log;

    @Option(names = "--port", required = true, description = "Port for clients.")
    private int port;

    @Option(names = "--controller-port", required = true, description = "Port for the controller.")
    private int controllerPort;

    @Option(names = "--settings", description = "File of further settings of the broker.")
    private Path settings;

    @Override
    public void run() {
        new EmbeddedBroker(log, port, controllerPort, further()).run();
    }

    private Map<String, String> further() {
        var properties = new Properties();
        if (settings != null) {
            try (var file = Files.newBufferedReader(settings)) {
                properties.load(file);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read the broker's settings " + settings, e);
            }
        }
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty));
    }
}
