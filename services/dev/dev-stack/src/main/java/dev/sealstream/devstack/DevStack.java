package dev.sealstream.devstack;

import dev.sealstream.devstack.process.ChildProcess;
import dev.sealstream.devstack.process.Leftovers;
import dev.sealstream.devstack.process.ProcessSpec;
import dev.sealstream.devstack.process.ProcessSupervisor;
import dev.sealstream.devstack.process.StackException;
import dev.sealstream.devstack.process.StateLock;
import dev.sealstream.eventstreaming.SchemaRegistrar;
import dev.sealstream.eventstreaming.TopicCreator;

import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Broker, registry and services, each a process of its own, on this machine.
 *
 * <p>{@link #start} brings them up in order, with all topics created and all schemas registered, and returns when all serve; {@link #close} stops them in reverse order. Both
 * the launcher and the integration tests use it. One stack per state directory at a time.
 */
public final class DevStack implements AutoCloseable {
    /** A consumer leaving its group takes a second or two; a trainer in the middle of a step a few more. */
    private static final Duration STOP_GRACE = Duration.ofSeconds(10);

    private final DevStackConfig config;
    private final Ports ports;
    private final StateLock lock;
    private final ProcessSupervisor supervisor;
    private final Map<String, StackService> services = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Thread shutdownHook;

    private DevStack(DevStackConfig config) {
        this.config = config;
        this.lock = StateLock.acquire(config.state());
        this.ports = config.ports().resolved();
        this.supervisor = new ProcessSupervisor(config.state(), STOP_GRACE);
        this.shutdownHook = new Thread(this::stopProcesses, "stop-stack");
    }

    public static DevStack start(DevStackConfig config) {
        return start(config, StackListener.SILENT);
    }

    /**
     * Starts the stack and waits until all of it serves.
     *
     * @throws StackException if something is missing before the start, or a process dies or does not get ready; whatever
     *     had been started is stopped again
     */
    public static DevStack start(DevStackConfig config, StackListener listener) {
        DevStack stack = new DevStack(config);
        Runtime.getRuntime().addShutdownHook(stack.shutdownHook);
        try {
            stack.run(listener);
            return stack;
        } catch (RuntimeException | Error e) {
            stack.close();
            throw e;
        }
    }

    private void run(StackListener listener) {
        List<String> leftovers =
                Leftovers.stop(config.state(), STOP_GRACE, List.of(StackCommands.REGISTRY, StackCommands.BROKER));
        if (!leftovers.isEmpty()) {
            listener.leftoversStopped(leftovers);
        }
        if (config.freshState()) {
            lock.clearDirectory();
        }
        Preflight.require(config, ports);

        StackCommands commands = new StackCommands(config, ports);
        bringUp(commands.broker(), listener);
        TopicCreator.createMissing(bootstrapServers());
        if (config.sharedRegistry() == null) {
            bringUp(commands.registry(), listener);
        }
        SchemaRegistrar.register(registryUrl().toString());
        for (ServiceSettings settings : config.services()) {
            int port = settings.name().equals(ServiceSettings.CONSOLE) ? ports.console() : Ports.free();
            ProcessSpec spec = commands.service(settings, port);
            StackService service = new StackService(supervisor, spec, port);
            listener.starting(settings.name());
            service.launch();
            services.put(settings.name(), service);
        }
        for (StackService service : services.values()) {
            service.awaitReady();
            listener.ready(service.name(), service.running().age());
        }
        addresses().write(config.state());
    }

    private void bringUp(ProcessSpec spec, StackListener listener) {
        listener.starting(spec.name());
        ChildProcess child = supervisor.start(spec);
        supervisor.awaitReady(child);
        listener.ready(spec.name(), child.age());
    }

    public DevStackConfig config() {
        return config;
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + ports.broker();
    }

    public StackAddresses addresses() {
        return new StackAddresses(bootstrapServers(), registryUrl(), consoleUrl());
    }

    /** Core API of the registry, as Apicurio's clients want it. */
    public URI registryUrl() {
        return StackCommands.registryUrl(config, ports);
    }

    public URI consoleUrl() {
        return URI.create("http://localhost:" + ports.console());
    }

    /** Handle on a service of this stack. */
    public StackService service(String name) {
        StackService service = services.get(name);
        if (service == null) {
            throw new IllegalArgumentException("this stack has no service '" + name + "'; it has " + services.keySet());
        }
        return service;
    }

    /** Throws a {@link StackException} with the end of its log if a process died that nobody stopped. */
    public void checkAlive() {
        supervisor.checkAlive();
    }

    @Override
    public void close() {
        stopProcesses();
        lock.close();
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException jvmIsEnding) {
            // The hook runs already; it finds nothing left to stop.
        }
    }

    /** Services first, all at once since none needs another to stop; then what they stand on, in reverse order. */
    private void stopProcesses() {
        StackAddresses.delete(config.state());
        supervisor.stopTogether(List.copyOf(services.values()).stream()
                .filter(StackService::isAlive)
                .map(StackService::running)
                .toList());
        supervisor.close();
    }
}
