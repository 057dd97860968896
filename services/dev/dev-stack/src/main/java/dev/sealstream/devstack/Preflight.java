package dev.sealstream.devstack;

import dev.sealstream.devstack.process.StackException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Looks for everything that would make the start fail, before anything starts; one line for each fault. */
public final class Preflight {

    private Preflight() {}

    /** All faults found, each with its remedy; empty when the stack can start. */
    public static List<String> faults(DevStackConfig config) {
        return faults(config, config.ports());
    }

    /** Throws a {@link StackException} that lists all faults. */
    static void require(DevStackConfig config, Ports ports) {
        List<String> faults = faults(config, ports);
        if (!faults.isEmpty()) {
            throw new StackException(String.join("\n", faults));
        }
    }

    private static List<String> faults(DevStackConfig config, Ports ports) {
        List<String> faults = new ArrayList<>();
        build(config, faults);
        port(ports.broker(), "the Kafka broker", "--broker-port", faults);
        port(ports.registry(), "the schema registry", "--registry-port", faults);
        if (config.services().stream().anyMatch(service -> service.name().equals(ServiceSettings.CONSOLE))) {
            port(ports.console(), "the console", "--console-port", faults);
        }
        memory(AvailableMemory.bytes(), config.memoryMegabytes(), faults);
        return List.copyOf(faults);
    }

    private static void build(DevStackConfig config, List<String> faults) {
        List<Path> missing = new BuildOutput(config.root()).missing(config.services());
        if (!missing.isEmpty()) {
            faults.add("not built: " + config.root().relativize(missing.get(0))
                    + (missing.size() > 1 ? " and " + (missing.size() - 1) + " more are" : " is")
                    + " missing; build with ./mvnw -Dquick package");
        }
        if (!config.services().isEmpty() && !Files.isDirectory(config.model())) {
            faults.add("no model: " + config.model() + " is not a directory; name one with --model");
        }
    }

    private static void port(int port, String use, String option, List<String> faults) {
        if (port != Ports.ANY && !Ports.isFree(port)) {
            faults.add("port " + port + " is in use, but " + use
                    + " wants it; stop what listens there or choose another with " + option);
        }
    }

    static void memory(OptionalLong available, int neededMegabytes, List<String> faults) {
        if (available.isPresent() && available.getAsLong() < neededMegabytes * 1_000_000L) {
            faults.add(String.format(
                    "too little memory: %.1f GB available, the stack needs %.1f GB; close other programs, or start all the same with --no-memory-check",
                    available.getAsLong() / 1e9, neededMegabytes / 1e3));
        }
    }
}
