package dev.sealstream.devstack.cli;

import dev.sealstream.devstack.Bfloat16;
import dev.sealstream.devstack.DevStackConfig;
import dev.sealstream.devstack.Ports;
import dev.sealstream.tinyworld.TinyModel;
import picocli.CommandLine.Option;

import java.nio.file.Path;

/** Options of every command that starts a stack. */
final class StackOptions {

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Where the stack keeps its state and logs; default: .seal/<command> in the repository.")
    private Path state;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "Base model, a Hugging Face directory; default: the tiny model that ships.")
    private Path model;

    @Option(names = "--broker-port", paramLabel = "PORT", description = "Kafka broker; default: ${DEFAULT-VALUE}.")
    private int brokerPort = Ports.FIXED.broker();

    @Option(names = "--registry-port", paramLabel = "PORT", description = "Schema registry; default: ${DEFAULT-VALUE}.")
    private int registryPort = Ports.FIXED.registry();

    @Option(names = "--console-port", paramLabel = "PORT", description = "Console; default: ${DEFAULT-VALUE}.")
    private int consolePort = Ports.FIXED.console();

    @Option(names = "--no-memory-check", description = "Start even if memory seems too little.")
    private boolean noMemoryCheck;

    DevStackConfig config(String defaultState) {
        Path root = Seal.root();
        DevStackConfig config = DevStackConfig.complete(
                        root, state == null ? root.resolve(".seal").resolve(defaultState) : state)
                .withPorts(new Ports(brokerPort, registryPort, consolePort))
                .with("seal.model.bfloat16-training", Boolean.toString(Bfloat16.supported()))
                .withMemoryMegabytes(noMemoryCheck ? 0 : DevStackConfig.MEMORY_MEGABYTES);
        return config.withModel(model == null ? TinyModel.unpack(root.resolve(".seal/tiny-model")) : model);
    }
}
