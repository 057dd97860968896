package dev.sealstream.experiments.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What ran.
 *
 * @param commit of the repository; "unknown" outside a clone
 * @param dirty whether files differed from that commit
 * @param built hash of the built services: what really ran, whatever the repository said
 * @param libraries file names of the libraries, which name their versions
 */
public record CodeVersion(String commit, boolean dirty, String built, List<String> libraries) {
    private static final List<String> SERVICES = List.of(
            "self-edit-proposer", "update-worker", "evaluator", "reward-emitter", "policy-trainer", "checkpoint-gate");

    /** Those that decide what is computed and how events travel. */
    private static final Pattern LIBRARY = Pattern.compile(
            "(ai\\.djl|org\\.apache\\.kafka|org\\.apache\\.avro|io\\.quarkus\\.quarkus-core|io\\.apicurio|com\\.hubspot).*\\.jar");

    private static final String OWN = "dev.sealstream.";

    public static CodeVersion of(Path root) {
        var own = new ArrayList<Path>();
        var libraries = new TreeSet<String>();
        for (String service : SERVICES) {
            Path application = root.resolve("services").resolve(service).resolve("target/quarkus-app");
            own.addAll(jars(application.resolve("app")));
            for (Path jar : jars(application.resolve("lib/main"))) {
                String name = jar.getFileName().toString();
                if (name.startsWith(OWN)) {
                    own.add(jar);
                } else if (LIBRARY.matcher(name).matches()) {
                    libraries.add(name);
                }
            }
        }
        String described = git(root, "rev-parse", "HEAD");
        boolean dirty = !git(root, "status", "--porcelain").isEmpty();
        return new CodeVersion(
                described.isEmpty() ? "unknown" : described, dirty, Files256.ofJars(own), List.copyOf(libraries));
    }

    private static List<Path> jars(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
    }

    /** What git says, or nothing where there is no git or no clone. */
    private static String git(Path root, String... arguments) {
        try {
            var command = new ArrayList<>(List.of("git"));
            command.addAll(List.of(arguments));
            Process git = new ProcessBuilder(command)
                    .directory(root.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor(10, TimeUnit.SECONDS) && git.exitValue() == 0 ? said : "";
        } catch (IOException noGit) {
            return "";
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
