package dev.sealstream.devstack.process;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ProcessSupervisorTest {
    @TempDir
    Path state;

    private ProcessSupervisor supervisor;

    @BeforeEach
    void open() {
        supervisor = new ProcessSupervisor(state, Duration.ofSeconds(5));
    }

    @AfterEach
    void close() {
        supervisor.close();
    }

    @Test
    void earlyDeathIsReportedWithNameExitCodeLogAndItsLastLines() {
        // Given
        ChildProcess child = supervisor.start(spec("fragile", () -> false, "echo first; echo no disk left; exit 3"));

        // When / Then
        assertThatThrownBy(() -> supervisor.awaitReady(child))
                .isInstanceOf(StackException.class)
                .hasMessageContainingAll(
                        "fragile died with exit code 3",
                        state.resolve("fragile.log").toString(),
                        "no disk left");
    }

    @Test
    void processThatNeverServesIsGivenUp() {
        // Given
        ProcessSpec slow = new ProcessSpec(
                "slow", List.of("sleep", "60"), Map.of(), state.resolve("slow.log"), () -> false, Duration.ofMillis(1));
        ChildProcess child = supervisor.start(slow);

        // When / Then
        assertThatThrownBy(() -> supervisor.awaitReady(child))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("slow was not ready");
    }

    @Test
    void processThatWasKilledOnPurposeIsNoDeath() {
        // Given
        ChildProcess child = supervisor.start(spec("victim", () -> true, "exec sleep 60"));

        // When
        supervisor.kill(child);

        // Then
        assertThat(child.isAlive()).isFalse();
        supervisor.checkAlive();
    }

    @Test
    void processThatIgnoresTheRequestToStopIsKilled() {
        // Given
        ProcessSupervisor impatient = new ProcessSupervisor(state, Duration.ofMillis(50));
        ChildProcess child = impatient.start(spec(
                "deaf",
                () -> Files.exists(state.resolve("deaf.up")),
                "trap '' TERM; touch deaf.up; while true; do sleep 1; done"));
        impatient.awaitReady(child);

        // When
        impatient.close();

        // Then
        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void nothingStartsAfterClose() {
        // Given
        supervisor.close();

        // When / Then
        assertThatThrownBy(() -> supervisor.start(spec("late", () -> true, "sleep 60")))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("late is not started");
    }

    private ProcessSpec spec(String name, Readiness readiness, String script) {
        return new ProcessSpec(
                name,
                List.of("sh", "-c", script),
                Map.of(),
                state.resolve(name + ".log"),
                readiness,
                Duration.ofSeconds(30));
    }
}
