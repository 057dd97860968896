package dev.sealstream.benchmarks.jlama;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Jlama's jars, in a directory of their own. */
final class JlamaJars {
    private static final String MODULE = "services/dev/benchmarks";
    private static final int FETCH_SECONDS_MAX = 300;

    private JlamaJars() {}

    /** The directory with the jars; Maven fills it if it is empty. */
    static Path fetch(Path root) throws JlamaUnavailableException {
        Path jars = root.resolve(MODULE).resolve("target/jlama");
        try {
            if (!isComplete(jars)) {
                maven(root, jars);
            }
            if (!isComplete(jars)) {
                throw new JlamaUnavailableException("Maven left no Jlama in " + jars);
            }
            return jars;
        } catch (IOException failure) {
            throw new JlamaUnavailableException("Jlama's jars could not be fetched to " + jars, failure);
        }
    }

    private static boolean isComplete(Path jars) throws IOException {
        if (!Files.isDirectory(jars)) {
            return false;
        }
        try (Stream<Path> files = Files.list(jars)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).toList();
            return names.stream().anyMatch(name -> name.startsWith("jlama-core"))
                    && names.stream().anyMatch(name -> name.startsWith("jlama-native"));
        }
    }

    private static void maven(Path root, Path jars) throws IOException, JlamaUnavailableException {
        Files.createDirectories(jars);
        Path log = jars.resolveSibling("jlama-fetch.log");
        ProcessBuilder builder = new ProcessBuilder(
                root.resolve("mvnw").toString(),
                "-q",
                "-B",
                "-f",
                root.resolve(MODULE).resolve("src/jlama/pom.xml").toString(),
                "-Djlama.directory=" + jars,
                "package");
        builder.environment().putIfAbsent("JAVA_HOME", System.getProperty("java.home"));
        Process maven =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            if (!maven.waitFor(FETCH_SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new JlamaUnavailableException("fetching Jlama took longer than " + FETCH_SECONDS_MAX + " s");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new JlamaUnavailableException("fetching Jlama was interrupted", interrupted);
        } finally {
            maven.destroy();
        }
        if (maven.exitValue() != 0) {
            throw new JlamaUnavailableException("Maven could not fetch Jlama; its log is " + log);
        }
    }
}
