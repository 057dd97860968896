package dev.sealstream.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealstream.eventstreaming.ClientSecurity;
import org.apache.kafka.clients.consumer.ConsumerConfig;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Environment variables of a service: which ones mean something to it. */
final class ServiceEnvironment {
    /** Quarkus' own keys that deployments set; a wrong one would be ignored in silence, so each is listed. */
    private static final Set<String> QUARKUS = Set.of("QUARKUS_HTTP_PORT");

    /** Read by the engine's native libraries, not by configuration. */
    private static final Set<String> NATIVE = Set.of("OMP_WAIT_POLICY");

    private ServiceEnvironment() {}

    /** Variables that neither the service's configuration nor its libraries know. */
    static List<String> unknown(String service, Map<String, String> environment) {
        var known = Stream.of(
                        new ServiceCode(service).settings().keySet().stream().map(ServiceEnvironment::variable),
                        QUARKUS.stream(),
                        NATIVE.stream())
                .flatMap(names -> names)
                .collect(Collectors.toSet());
        return environment.keySet().stream()
                .filter(name -> !known.contains(name) && !isClientSecurity(name))
                .sorted()
                .toList();
    }

    /** What the services hand on to their clients, and what these know: neither alone is a setting. */
    private static boolean isClientSecurity(String name) {
        var handedOn = ClientSecurity.of(Map.of(name, "")).keySet();
        return !handedOn.isEmpty() && ConsumerConfig.configNames().containsAll(handedOn);
    }

    /** The name that MicroProfile Config gives a key in the environment. */
    static String variable(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /** What a Kubernetes container gets; a variable of its own wins over those of config maps. */
    static Map<String, String> of(JsonNode container, Function<String, JsonNode> configMaps) {
        var environment = new HashMap<String, String>();
        container.path("envFrom").forEach(source -> configMaps
                .apply(source.at("/configMapRef/name").asText())
                .path("data")
                .properties()
                .forEach(entry ->
                        environment.put(entry.getKey(), entry.getValue().asText())));
        container
                .path("env")
                .forEach(variable -> environment.put(
                        variable.path("name").asText(), variable.path("value").asText()));
        return environment;
    }
}
