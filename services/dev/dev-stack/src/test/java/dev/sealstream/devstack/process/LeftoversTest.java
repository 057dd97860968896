package dev.sealstream.devstack.process;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class LeftoversTest {
    private static final Duration GRACE = Duration.ofSeconds(10);

    @TempDir
    Path state;

    @Test
    void childOfALauncherThatWasKilledIsFoundAndStopped() throws Exception {
        // Given
        Process launcher = startLauncher();
        ProcessHandle child = childOf(launcher);
        launcher.destroyForcibly().waitFor();
        assertThat(child.isAlive()).isTrue();

        // When
        var stopped = Leftovers.stop(state, GRACE, List.of("idle"));

        // Then
        assertThat(stopped).containsExactly("idle");
        assertThat(child.isAlive()).isFalse();
        assertThat(PidFile.in(state)).isEmptyDirectory();
    }

    @Test
    void processThatReusesANotedIdIsLeftAlone() throws Exception {
        // Given
        Process launcher = startLauncher();
        ProcessHandle stranger = childOf(launcher);
        new PidFile("idle", stranger.pid(), Instant.EPOCH, JavaCommand.marker(state)).write(state);

        // When
        var stopped = Leftovers.stop(state, GRACE, List.of("idle"));

        // Then
        assertThat(stopped).isEmpty();
        assertThat(stranger.isAlive()).isTrue();
        stranger.destroyForcibly();
        launcher.destroyForcibly().waitFor();
    }

    @Test
    void processWithoutTheMarkerIsLeftAlone() {
        // Given
        ProcessHandle self = ProcessHandle.current();
        PidFile.of("self", self, JavaCommand.marker(state)).write(state);

        // When
        var stopped = Leftovers.stop(state, GRACE, List.of("idle"));

        // Then
        assertThat(stopped).isEmpty();
    }

    @Test
    void noteCutShortByACrashIsIgnored() throws Exception {
        // Given
        Files.createDirectories(PidFile.in(state));
        Files.writeString(PidFile.in(state).resolve("broker.pid"), "pid=12");

        // When
        var stopped = Leftovers.stop(state, GRACE, List.of("idle"));

        // Then
        assertThat(stopped).isEmpty();
    }

    private Process startLauncher() throws Exception {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx32m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LauncherToKill.class.getName(),
                        state.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static ProcessHandle childOf(Process launcher) throws Exception {
        BufferedReader output = launcher.inputReader();
        return ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
    }
}
