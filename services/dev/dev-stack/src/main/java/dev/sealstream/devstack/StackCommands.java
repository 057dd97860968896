package dev.sealstream.devstack;

import dev.sealstream.devstack.process.JavaCommand;
import dev.sealstream.devstack.process.ProcessSpec;
import dev.sealstream.devstack.process.Readiness;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Command lines of the stack's processes. */
final class StackCommands {
    private static final int BROKER_HEAP_MEGABYTES = 256;
    private static final int REGISTRY_HEAP_MEGABYTES = 256;

    /** Usual: broker 5 s, registry 20 s, service 5 to 15 s on two cores; the rest is room for a busy machine. */
    static final String BROKER = "broker";

    static final String REGISTRY = "registry";

    /** In the state directory: further settings of the broker, such as a listener that asks for a password. */
    private static final String BROKER_SETTINGS = "broker.properties";

    private static final Duration READY_WITHIN = Duration.ofSeconds(180);

    private final DevStackConfig config;
    private final Ports ports;
    private final BuildOutput build;

    StackCommands(DevStackConfig config, Ports ports) {
        this.config = config;
        this.ports = ports;
        this.build = new BuildOutput(config.root());
    }

    /** Core API of the registry, as Apicurio's clients want it. */
    static URI registryUrl(DevStackConfig config, Ports ports) {
        return config.sharedRegistry() == null
                ? URI.create("http://127.0.0.1:" + ports.registry() + "/apis/registry/v3")
                : config.sharedRegistry();
    }

    ProcessSpec broker() {
        List<String> program = new ArrayList<>(List.of(
                "-jar",
                build.devStackJar().toString(),
                "broker",
                "--log=" + config.state().resolve("broker"),
                "--port=" + ports.broker(),
                "--controller-port=" + Ports.free()));
        Path further = config.state().resolve(BROKER_SETTINGS);
        if (Files.exists(further)) {
            program.add("--settings=" + further);
        }
        return spec(
                BROKER, BROKER_HEAP_MEGABYTES, Map.of(), List.of(), program, Map.of(), Readiness.tcp(ports.broker()));
    }

    ProcessSpec registry() {
        Map<String, String> properties = new HashMap<>();
        properties.put("quarkus.http.host", "127.0.0.1");
        properties.put("quarkus.http.port", Integer.toString(ports.registry()));
        if (!config.registryInMemory()) {
            properties.put("apicurio.storage.kind", "kafkasql");
            properties.put("apicurio.kafkasql.bootstrap.servers", "127.0.0.1:" + ports.broker());
        }
        URI ready = URI.create(registryUrl(config, ports) + "/system/info");
        List<String> program = List.of("-jar", build.registryJar().toString());
        return spec(REGISTRY, REGISTRY_HEAP_MEGABYTES, properties, List.of(), program, Map.of(), Readiness.http(ready));
    }

    ProcessSpec service(ServiceSettings settings, int port) {
        String bootstrap = "127.0.0.1:" + ports.broker();
        Map<String, String> properties = new HashMap<>();
        properties.put("quarkus.http.host", "127.0.0.1");
        properties.put("quarkus.http.port", Integer.toString(port));
        properties.put("seal.kafka.bootstrap-servers", bootstrap);
        properties.put("seal.registry.url", registryUrl(config, ports).toString());
        properties.put("seal.artifacts.directory", config.artifacts().toString());
        properties.put(
                "seal.snapshots.directory", config.state().resolve("snapshots").toString());
        properties.put("seal.model.directory", config.model().toString());
        // A stack of one's own machine listens to this machine alone.
        properties.put("seal.console.anonymous-writes", "true");
        properties.putAll(config.settings());
        properties.putAll(settings.systemProperties());

        Map<String, String> environment = new HashMap<>(settings.environment());
        environment.put("KAFKA_BOOTSTRAP_SERVERS", bootstrap);

        URI ready = URI.create("http://127.0.0.1:" + port + "/q/health/ready");
        List<String> program =
                List.of("-jar", build.serviceJar(settings.module()).toString());
        return spec(
                settings.name(),
                settings.heapMegabytes(),
                properties,
                settings.startedBy(),
                program,
                environment,
                Readiness.http(ready));
    }

    private ProcessSpec spec(
            String name,
            int heapMegabytes,
            Map<String, String> properties,
            List<String> startedBy,
            List<String> program,
            Map<String, String> environment,
            Readiness readiness) {
        JavaCommand command = new JavaCommand(config.state(), name, heapMegabytes, properties, startedBy, program);
        Path log = config.logs().resolve(name + ".log");
        return new ProcessSpec(name, command.line(), environment, log, readiness, READY_WITHIN);
    }
}
