package dev.sealstream.devstack;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

import static org.assertj.core.api.Assertions.assertThat;

class PreflightTest {
    @TempDir
    Path directory;

    @Test
    void portInUseIsNamedWithItsUseAndTheOptionToChangeIt() throws Exception {
        // Given
        builtStack();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ports ports = new Ports(Ports.ANY, taken.getLocalPort(), Ports.ANY);

            // When
            var faults = Preflight.faults(config().withPorts(ports));

            // Then
            assertThat(faults)
                    .containsExactly("port " + taken.getLocalPort() + " is in use, but the schema registry wants it;"
                            + " stop what listens there or choose another with --registry-port");
        }
    }

    @Test
    void missingBuildOutputIsNamedWithTheCommandThatBuildsIt() {
        // When
        var faults = Preflight.faults(config());

        // Then
        assertThat(faults)
                .containsExactly("not built: services/dev/dev-stack/target/dev-stack-*.jar and 1 more are missing;"
                        + " build with ./mvnw -Dquick package");
    }

    @Test
    void allFaultsAreReportedAtOnce() {
        // Given
        DevStackConfig config = config().withServices(ServiceSettings.ALL);

        // When
        var faults = Preflight.faults(config);

        // Then
        assertThat(faults).hasSize(2);
        assertThat(faults.get(0)).startsWith("not built: ");
        assertThat(faults.get(1)).startsWith("no model: ").endsWith("name one with --model");
    }

    @Test
    void tooLittleMemoryIsToldInGigabytes() {
        // Given
        List<String> faults = new ArrayList<>();

        // When
        Preflight.memory(OptionalLong.of(2_340_000_000L), 5_000, faults);

        // Then
        assertThat(faults)
                .containsExactly("too little memory: 2.3 GB available, the stack needs 5.0 GB; close other programs,"
                        + " or start all the same with --no-memory-check");
    }

    @Test
    void memoryIsNotJudgedWhereTheSystemDoesNotTell() {
        // Given
        List<String> faults = new ArrayList<>();

        // When
        Preflight.memory(OptionalLong.empty(), 5_000, faults);

        // Then
        assertThat(faults).isEmpty();
    }

    @Test
    void containerLimitCountsWhereItIsTighterThanTheMachine() throws Exception {
        // Given
        Path meminfo = Files.writeString(directory.resolve("meminfo"), "MemTotal: 9000 kB\nMemAvailable:   8000 kB\n");
        Files.writeString(directory.resolve("memory.max"), "4096000\n");
        Files.writeString(directory.resolve("memory.current"), "2000000\n");
        Files.writeString(directory.resolve("memory.stat"), "anon 5\ninactive_file 500000\n");

        // When
        OptionalLong limited = AvailableMemory.bytes(meminfo, directory);
        OptionalLong unlimited = AvailableMemory.bytes(meminfo, directory.resolve("absent"));

        // Then
        assertThat(limited).hasValue(4_096_000 - 2_000_000 + 500_000);
        assertThat(unlimited).hasValue(8_000 * 1024);
    }

    private DevStackConfig config() {
        return DevStackConfig.forTest(directory, directory.resolve("state"));
    }

    private void builtStack() throws Exception {
        Path target = directory.resolve("services/dev/dev-stack/target");
        Files.createDirectories(target.resolve("registry"));
        Files.createFile(target.resolve("dev-stack-1.jar"));
        Files.createFile(target.resolve("registry/apicurio-registry-app-1-runner.jar"));
    }
}
