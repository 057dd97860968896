package dev.sealstream.devstack;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a stack consists of and where it keeps its state.
 *
 * @param root root of the repository, where the built services are found
 * @param state directory for broker log, process logs and notes; created when missing, reused when not empty
 * @param model base model that every worker loads, a Hugging Face directory
 * @param artifacts directory of the content-addressed artifact store
 * @param ports where broker, registry and console listen
 * @param services processes to start, in this order; may be empty
 * @param settings {@code -D} settings given to every service
 * @param registryInMemory true for a registry that starts faster and forgets its schemas when it stops
 * @param sharedRegistry address of a registry that runs already, instead of one of the stack's own; null for that
 * @param freshState true to empty the state directory first, logs included
 * @param memoryMegabytes memory that must be available before anything starts; 0 to start regardless
 */
public record DevStackConfig(
        Path root,
        Path state,
        Path model,
        Path artifacts,
        Ports ports,
        List<ServiceSettings> services,
        Map<String, String> settings,
        boolean registryInMemory,
        URI sharedRegistry,
        boolean freshState,
        int memoryMegabytes) {

    /** Measured with all services at work: 3,400 MB; the rest is room for longer documents. */
    public static final int MEMORY_MEGABYTES = 4_500;

    public DevStackConfig {
        root = root.toAbsolutePath().normalize();
        state = state.toAbsolutePath().normalize();
        model = model.toAbsolutePath().normalize();
        artifacts = artifacts.toAbsolutePath().normalize();
        services = List.copyOf(services);
        settings = Map.copyOf(settings);
        long names = services.stream().map(ServiceSettings::name).distinct().count();
        if (names < services.size()) {
            throw new IllegalArgumentException("two services of the stack have the same name: "
                    + services.stream().map(ServiceSettings::name).toList());
        }
    }

    /** What the launcher starts: everything, on fixed ports, with a registry that remembers. */
    public static DevStackConfig complete(Path root, Path state) {
        return new DevStackConfig(
                root,
                state,
                state.resolve("model"),
                state.resolve("artifacts"),
                Ports.FIXED,
                ServiceSettings.ALL,
                Map.of(),
                false,
                null,
                false,
                MEMORY_MEGABYTES);
    }

    /** What tests start from: broker and in-memory registry on free ports, no service yet. */
    public static DevStackConfig forTest(Path root, Path state) {
        return new DevStackConfig(
                root,
                state,
                state.resolve("model"),
                state.resolve("artifacts"),
                Ports.EPHEMERAL,
                List.of(),
                Map.of(),
                true,
                null,
                false,
                0);
    }

    public DevStackConfig withModel(Path directory) {
        return new DevStackConfig(
                root,
                state,
                directory,
                artifacts,
                ports,
                services,
                settings,
                registryInMemory,
                sharedRegistry,
                freshState,
                memoryMegabytes);
    }

    public DevStackConfig withPorts(Ports other) {
        return new DevStackConfig(
                root,
                state,
                model,
                artifacts,
                other,
                services,
                settings,
                registryInMemory,
                sharedRegistry,
                freshState,
                memoryMegabytes);
    }

    public DevStackConfig withServices(List<ServiceSettings> others) {
        return new DevStackConfig(
                root,
                state,
                model,
                artifacts,
                ports,
                others,
                settings,
                registryInMemory,
                sharedRegistry,
                freshState,
                memoryMegabytes);
    }

    /** One more {@code -D} setting for every service. */
    public DevStackConfig with(String property, String value) {
        Map<String, String> more = new HashMap<>(settings);
        more.put(property, value);
        return new DevStackConfig(
                root,
                state,
                model,
                artifacts,
                ports,
                services,
                more,
                registryInMemory,
                sharedRegistry,
                freshState,
                memoryMegabytes);
    }

    public DevStackConfig withRegistryInMemory(boolean inMemory) {
        return new DevStackConfig(
                root,
                state,
                model,
                artifacts,
                ports,
                services,
                settings,
                inMemory,
                sharedRegistry,
                freshState,
                memoryMegabytes);
    }

    /** On a registry that runs already; the stack neither starts nor stops it. */
    public DevStackConfig withRegistry(URI running) {
        return new DevStackConfig(
                root,
                state,
                model,
                artifacts,
                ports,
                services,
                settings,
                registryInMemory,
                running,
                freshState,
                memoryMegabytes);
    }

    public DevStackConfig withFreshState(boolean fresh) {
        return new DevStackConfig(
                root,
                state,
                model,
                artifacts,
                ports,
                services,
                settings,
                registryInMemory,
                sharedRegistry,
                fresh,
                memoryMegabytes);
    }

    public DevStackConfig withMemoryMegabytes(int megabytes) {
        return new DevStackConfig(
                root,
                state,
                model,
                artifacts,
                ports,
                services,
                settings,
                registryInMemory,
                sharedRegistry,
                freshState,
                megabytes);
    }

    /** Where the processes write their logs. */
    public Path logs() {
        return state.resolve("logs");
    }
}
