package dev.sealstream.deployment;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.sealstream.eventstreaming.Topic;
import dev.sealstream.eventstreaming.Topics;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappingInterface;
import io.smallrye.config.ConfigMappings;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the compiled classes and sources of a service say about it. */
final class ServiceCode {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.sealstream");
    private static final String CONNECTIONS = "dev.sealstream.connections";
    private static final String WORKER_RUNTIME = "dev.sealstream.workerruntime";
    private static final String STREAMS_RUNTIME = "dev.sealstream.streamsruntime";
    private static final Pattern STAGE =
            Pattern.compile("\\.run\\(\\s*\"([^\"]+)\"\\s*(\\+)?[^,]*,\\s*Topics\\.(\\w+)");

    private final String service;

    ServiceCode(String service) {
        this.service = service;
    }

    /** Topics that the service's classes name, and that what they call of the worker runtime names. */
    Set<String> topics() {
        var called = reached(own().flatMap(type -> type.getMethodCallsFromSelf().stream())).stream()
                .flatMap(method -> method.getFieldAccesses().stream());
        return Stream.concat(own().flatMap(type -> type.getFieldAccessesFromSelf().stream()), called)
                .filter(access -> access.getTargetOwner().isEquivalentTo(Topics.class))
                .map(ServiceCode::topic)
                .map(Topic::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Methods of the worker runtime that calls lead to, at once or through other methods of it. */
    private static Set<JavaCodeUnit> reached(Stream<JavaMethodCall> calls) {
        var reached = new HashSet<JavaCodeUnit>();
        var open = new ArrayDeque<>(calls.toList());
        while (!open.isEmpty()) {
            var call = open.pop();
            if (!call.getTargetOwner().getName().equals(WORKER_RUNTIME + ".WorkerRuntime")) {
                continue;
            }
            call.getTarget()
                    .resolveMember()
                    .filter(reached::add)
                    .ifPresent(method -> open.addAll(method.getMethodCallsFromSelf()));
        }
        return reached;
    }

    /** Consumer group of each stage, or its beginning where something is added to it, and the topic it reads. */
    Set<String> intakes() {
        return Repository.files(Repository.sources(service), ".java").stream()
                .flatMap(source -> STAGE.matcher(Repository.text(source)).results())
                .map(ServiceCode::intake)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    boolean isStreamsApplication() {
        return dependsOn("streams-runtime");
    }

    boolean holdsAModel() {
        return dependsOn("worker-runtime");
    }

    /** What {@code application.properties} sets. */
    Map<String, String> applicationProperties() {
        var properties = new Properties();
        var file = Repository.sources(service).resolve("resources/application.properties");
        if (Files.exists(file)) {
            try {
                properties.load(new StringReader(Repository.text(file)));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file, e);
            }
        }
        var map = new HashMap<String, String>();
        properties.stringPropertyNames().forEach(key -> map.put(key, properties.getProperty(key)));
        return map;
    }

    /** Every key of ours that the service knows, with its default, or an empty text where it has none. */
    Map<String, String> settings() {
        var settings = new HashMap<String, String>();
        Stream.concat(own(), shared())
                .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
                .map(type -> ConfigMappings.ConfigClass.configClass(type.reflect()))
                .forEach(mapping -> ConfigMappings.getProperties(mapping)
                        .forEach((key, property) -> settings.put(key, defaultOf(property))));
        Stream.concat(own(), shared())
                .flatMap(type -> type.getCodeUnits().stream())
                .flatMap(unit -> unit.getParameters().stream())
                .filter(parameter -> parameter.isAnnotatedWith(ConfigProperty.class))
                .map(parameter ->
                        parameter.getAnnotationOfType(ConfigProperty.class).name())
                .forEach(key -> settings.putIfAbsent(key, ""));
        applicationProperties().keySet().stream()
                .filter(key -> key.startsWith("seal."))
                .filter(key -> isRead(key))
                .forEach(key -> settings.putIfAbsent(key, ""));
        if (holdsAModel()) {
            settings.put("seal.recipe", "");
        }
        return settings;
    }

    /** A key that other keys of the file refer to. */
    private boolean isRead(String key) {
        return applicationProperties().values().stream().anyMatch(value -> value.contains("${" + key + "}"));
    }

    private static String defaultOf(ConfigMappingInterface.Property property) {
        return property.hasDefaultValue() && property.getDefaultValue() != null ? property.getDefaultValue() : "";
    }

    private Stream<JavaClass> own() {
        return ALL.stream().filter(type -> type.getPackageName().equals("dev.sealstream." + service.replace("-", "")));
    }

    /** Classes of the shared runtimes that come with the service. */
    private Stream<JavaClass> shared() {
        return ALL.stream()
                .filter(type -> type.getPackageName().equals(CONNECTIONS)
                        || holdsAModel() && type.getPackageName().equals(WORKER_RUNTIME)
                        || isStreamsApplication() && type.getPackageName().equals(STREAMS_RUNTIME));
    }

    private boolean dependsOn(String artifact) {
        return Repository.text("services/" + service + "/pom.xml")
                .contains("<artifactId>" + artifact + "</artifactId>");
    }

    private static Topic<?> topic(JavaFieldAccess access) {
        return topic(access.getTarget().getName());
    }

    private static Topic<?> topic(String constant) {
        try {
            return (Topic<?>) Topics.class.getField(constant).get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Topics." + constant + " is no public topic", e);
        }
    }

    private static String intake(MatchResult stage) {
        String group = stage.group(2) == null ? stage.group(1) : stage.group(1) + "*";
        return group + " reads " + topic(stage.group(3)).name();
    }
}
