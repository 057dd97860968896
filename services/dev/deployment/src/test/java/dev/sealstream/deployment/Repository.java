package dev.sealstream.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files of this repository, for tests that compare them with code. */
final class Repository {
    static final Path ROOT = Path.of(System.getProperty("seal.root", "../../.."))
            .toAbsolutePath()
            .normalize();
    static final Path K8S = ROOT.resolve("k8s");
    static final Path MONITORING = K8S.resolve("base/monitoring");
    static final Path ALERTS = MONITORING.resolve("alerts.yaml");
    static final Path DASHBOARD = MONITORING.resolve("dashboards/sealstream.json");

    private Repository() {}

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    static String text(String file) {
        return text(ROOT.resolve(file));
    }

    /** Every file under a directory whose name ends so, in order. */
    static List<Path> files(Path directory, String suffix) {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
    }

    /** Folders of the services: those whose module is built into a Quarkus application. */
    static List<String> services() {
        try (Stream<Path> folders = Files.list(ROOT.resolve("services"))) {
            return folders.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .filter(folder ->
                            text(folder.resolve("pom.xml")).contains("<artifactId>quarkus-maven-plugin</artifactId>"))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the services", e);
        }
    }

    static Path sources(String service) {
        return ROOT.resolve("services").resolve(service).resolve("src/main");
    }
}
