package dev.sealstream.devstack.cli;

import dev.sealstream.devstack.ServiceSettings;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The script {@code seal}, copied into a repository of empty files and run with a JDK that only says how it is called. */
class SealScriptTest {
    private static final Path SCRIPT = Path.of("../../../seal");
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    @TempDir
    Path directory;

    private Path root;

    private record Run(int exitCode, String output) {}

    @BeforeEach
    void builtRepositoryInADirectoryWithABlank() throws IOException {
        if (!Files.isExecutable(Path.of("/bin/bash")) && !Files.isExecutable(Path.of("/usr/bin/bash"))) {
            Assumptions.abort("there is no bash on this machine to run the script with");
        }
        root = Files.createDirectories(directory.resolve("my clone"));
        Files.copy(SCRIPT, root.resolve("seal"));
        program(root.resolve("mvnw"), "echo maven \"$@\" > maven.called");
        file("pom.xml");
        file("schemas/pom.xml");
        file("services/evaluator/src/main/java/Evaluator.java");
        file("services/dev/dev-stack/target/dev-stack-1.jar");
        for (ServiceSettings service : ServiceSettings.ALL) {
            file("services/" + service.module() + "/target/quarkus-app/quarkus-run.jar");
        }
        Files.setLastModifiedTime(file("services/dev/dev-stack/target/seal.built"), FileTime.from(Instant.now()));
    }

    @Test
    void launcherIsStartedFromAnyDirectoryAndThroughALink() throws Exception {
        // Given
        Path link = Files.createSymbolicLink(directory.resolve("link"), root.resolve("seal"));

        // When
        Run run = run(link, jdk("21.0.2"), "send", "two words.json");

        // Then
        assertThat(run.exitCode()).isZero();
        assertThat(run.output())
                .contains("[-Dseal.root=" + root.toRealPath() + "]", "[-Dseal.terminal=false]")
                .contains("[send] [two words.json]");
        assertThat(root.resolve("maven.called")).doesNotExist();
    }

    @Test
    void sourceNewerThanTheBuildIsBuiltFirst() throws Exception {
        // Given
        Path source = root.resolve("services/evaluator/src/main/java/Evaluator.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));

        // When
        Run run = run(root.resolve("seal"), jdk("17.0.15"), "up");

        // Then
        assertThat(run.output()).startsWith("Building Sealstream");
        assertThat(root.resolve("maven.called")).hasContent("maven -q -B -Dquick package");
    }

    @Test
    void missingApplicationIsBuiltFirst() throws Exception {
        // Given
        Files.delete(root.resolve("services/console/target/quarkus-app/quarkus-run.jar"));

        // When
        run(root.resolve("seal"), jdk("17.0.15"), "up");

        // Then
        assertThat(root.resolve("maven.called")).exists();
    }

    @Test
    void benchmarksRunWithTheirOwnClassPathAndNeedNoOtherModule() throws Exception {
        // Given
        Files.writeString(file("services/dev/benchmarks/target/classpath"), "a.jar:b.jar");
        Files.setLastModifiedTime(file("services/dev/benchmarks/target/seal.built"), FileTime.from(Instant.now()));
        Files.delete(root.resolve("services/console/target/quarkus-app/quarkus-run.jar"));

        // When
        Run run = run(root.resolve("seal"), jdk("17.0.15"), "bench", "adapters", "--json", "two words.json");

        // Then
        assertThat(run.output())
                .contains("/services/dev/benchmarks/target/classes:a.jar:b.jar]")
                .endsWith("[dev.sealstream.benchmarks.BenchCommand] [adapters] [--json] [two words.json] ");
        assertThat(root.resolve("maven.called")).doesNotExist();
    }

    @Test
    void benchmarksThatAreNotBuiltAreBuiltAlone() throws Exception {
        // When
        Run run = run(root.resolve("seal"), jdk("17.0.15"), "bench");

        // Then
        assertThat(run.output()).startsWith("Building the benchmarks");
        assertThat(root.resolve("maven.called"))
                .hasContent("maven -q -B -Dquick -pl services/dev/benchmarks -am package");
    }

    @Test
    void failedBuildShowsMavensFirstErrorsAndTheLog() throws Exception {
        // Given
        Files.delete(root.resolve("services/console/target/quarkus-app/quarkus-run.jar"));
        program(root.resolve("mvnw"), "echo '[ERROR] cannot find symbol'; exit 1");

        // When
        Run run = run(root.resolve("seal"), jdk("17.0.15"), "up");

        // Then
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output())
                .contains("[ERROR] cannot find symbol", "seal: the build failed; its log is " + root.toRealPath());
    }

    @Test
    void missingJdkIsOneLine() throws Exception {
        // When
        Run run = run(root.resolve("seal"), directory.resolve("no jdk"), "up");

        // Then
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output())
                .startsWith("seal: no JDK found, neither in JAVA_HOME nor in PATH; install a JDK")
                .hasLineCount(1);
    }

    @Test
    void tooOldJdkIsOneLineWithItsVersion() throws Exception {
        // Given
        Path jdk = jdk("1.8.0_452");

        // When
        Run run = run(root.resolve("seal"), jdk, "up");

        // Then
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output())
                .startsWith("seal: the JDK is too old: found JDK 8 in " + jdk + "; needed is 17 or newer")
                .hasLineCount(1);
    }

    /** Runs a script with a search path that holds the usual tools, but no JDK. */
    private Run run(Path script, Path javaHome, String... arguments) throws Exception {
        Path tools = Files.createDirectories(directory.resolve("tools"));
        for (String tool : new String[] {
            "bash", "dirname", "readlink", "sed", "head", "tail", "find", "mkdir", "mv", "grep", "tput", "env", "cat"
        }) {
            offer(tools, tool);
        }
        ProcessBuilder builder = new ProcessBuilder(script.toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().put("PATH", tools.toString());
        builder.environment().put("JAVA_HOME", javaHome.toString());
        builder.directory(directory.toFile()).redirectErrorStream(true);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }

    private static void offer(Path tools, String tool) throws IOException {
        for (String place : new String[] {"/bin", "/usr/bin"}) {
            Path program = Path.of(place, tool);
            if (Files.isExecutable(program) && Files.notExists(tools.resolve(tool))) {
                program(tools.resolve(tool), "exec " + program + " \"$@\"");
            }
        }
    }

    private Path jdk(String version) throws IOException {
        Path jdk = directory.resolve("jdk " + version);
        program(jdk.resolve("bin/javac"), "echo javac " + version);
        program(jdk.resolve("bin/java"), "for argument; do printf '[%s] ' \"$argument\"; done");
        return jdk;
    }

    private static void program(Path file, String script) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        file.toFile().setExecutable(true);
    }

    private Path file(String path) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        return Files.setLastModifiedTime(file, FileTime.from(LONG_AGO));
    }
}
