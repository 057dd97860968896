package dev.sealstream.devstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where the build leaves what the stack starts. */
final class BuildOutput {
    private final Path root;

    BuildOutput(Path root) {
        this.root = root;
    }

    /** The broker's class path: this module's jar, whose manifest names its libraries. */
    Path devStackJar() {
        return find(root.resolve("services/dev/dev-stack/target"), "dev-stack-*.jar");
    }

    Path registryJar() {
        return find(root.resolve("services/dev/dev-stack/target/registry"), "apicurio-registry-app-*-runner.jar");
    }

    Path serviceJar(String module) {
        return root.resolve("services").resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
    }

    /** What the given services need and the build has not left; empty when all is there. */
    List<Path> missing(List<ServiceSettings> services) {
        List<Path> needed = new ArrayList<>(List.of(devStackJar(), registryJar()));
        services.forEach(service -> needed.add(serviceJar(service.module())));
        return needed.stream().filter(path -> !Files.isRegularFile(path)).toList();
    }

    /** The one file that matches; the pattern itself when none does, so that a message can name it. */
    private static Path find(Path directory, String pattern) {
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, pattern)) {
                for (Path path : found) {
                    return path;
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot list " + directory, e);
            }
        }
        return directory.resolve(pattern);
    }
}
