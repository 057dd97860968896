package dev.sealstream.experiments.cli;

import dev.sealstream.devstack.DevStackConfig;
import dev.sealstream.devstack.Ports;
import dev.sealstream.devstack.ServiceSettings;

import java.nio.file.Path;
import java.util.Map;

/** The stack an experiment runs on: every service but the console, on ports of its own, so that it disturbs no other stack. */
final class ExperimentStack {
    private ExperimentStack() {}

    /**
     * @param state where the stack keeps its topics
     * @param settings of every service
     * @param memoryCheck whether to refuse to start where memory seems too little
     */
    static DevStackConfig of(Path root, Path state, Path model, Map<String, String> settings, boolean memoryCheck) {
        var config = DevStackConfig.complete(root, state)
                .withPorts(Ports.EPHEMERAL)
                .withServices(ServiceSettings.ALL.stream()
                        .filter(service -> !service.name().equals(ServiceSettings.CONSOLE))
                        .toList())
                .withModel(model)
                .withMemoryMegabytes(memoryCheck ? DevStackConfig.MEMORY_MEGABYTES : 0);
        for (var setting : settings.entrySet()) {
            config = config.with(setting.getKey(), setting.getValue());
        }
        return config;
    }
}
