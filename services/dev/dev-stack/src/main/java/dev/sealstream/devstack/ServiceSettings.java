package dev.sealstream.devstack;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One service process of the stack.
 *
 * @param name name of the process; unique in the stack
 * @param module folder of the service under {@code services/}; several processes may run the same module
 * @param heapMegabytes Java heap; native tensors come on top
 * @param systemProperties extra {@code -D} settings, over the ones the stack gives to every service
 * @param environment extra environment variables
 * @param startedBy words before the command, as {@link dev.sealstream.devstack.process.JavaCommand} wants them
 */
public record ServiceSettings(
        String name,
        String module,
        int heapMegabytes,
        Map<String, String> systemProperties,
        Map<String, String> environment,
        List<String> startedBy) {

    /** The service people talk to; it gets the console port. */
    public static final String CONSOLE = "console";

    /** Every service of the loop, upstream first. */
    public static final List<ServiceSettings> ALL = List.of(
            of("self-edit-proposer", 384),
            of("update-worker", 384),
            of("evaluator", 384),
            of("reward-emitter", 192),
            of("policy-trainer", 384),
            of("checkpoint-gate", 192),
            of(CONSOLE, 192));

    public ServiceSettings {
        systemProperties = Map.copyOf(systemProperties);
        environment = Map.copyOf(environment);
        startedBy = List.copyOf(startedBy);
    }

    private static ServiceSettings of(String module, int heapMegabytes) {
        return new ServiceSettings(module, module, heapMegabytes, Map.of(), Map.of(), List.of());
    }

    /** The service of that name with its usual heap. */
    public static ServiceSettings named(String name) {
        return ALL.stream()
                .filter(service -> service.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no service '" + name + "'; there are "
                        + ALL.stream().map(ServiceSettings::name).toList()));
    }

    /** A second process of the same module under another name. */
    public ServiceSettings as(String otherName) {
        return new ServiceSettings(otherName, module, heapMegabytes, systemProperties, environment, startedBy);
    }

    public ServiceSettings with(String property, String value) {
        Map<String, String> more = new HashMap<>(systemProperties);
        more.put(property, value);
        return new ServiceSettings(name, module, heapMegabytes, more, environment, startedBy);
    }

    public ServiceSettings withEnvironment(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new ServiceSettings(name, module, heapMegabytes, systemProperties, more, startedBy);
    }

    /** Held to one processor core by Linux's {@code taskset}; the process sees no other. */
    public ServiceSettings onCore(int core) {
        return new ServiceSettings(
                name,
                module,
                heapMegabytes,
                systemProperties,
                environment,
                List.of("taskset", "-c", Integer.toString(core)));
    }
}
