package dev.sealstream.devstack.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class SealTest {
    private final StringWriter errors = new StringWriter();
    private final StringWriter output = new StringWriter();

    @Test
    void helpNamesEveryCommandButTheHiddenOne() {
        // When
        int code = seal("--help");

        // Then
        assertThat(code).isZero();
        assertThat(output.toString()).contains("demo", "up", "send", "watch").doesNotContain("  broker ");
    }

    @Test
    void unknownOptionIsWrongUsage() {
        // When
        int code = seal("demo", "--speed=fast");

        // Then
        assertThat(code).isEqualTo(2);
        assertThat(errors.toString()).contains("--speed");
    }

    @Test
    void impossibleSizeIsWrongUsageAndNamesTheOption() {
        // When
        int code = seal("demo", "--benchmark=1");

        // Then
        assertThat(code).isEqualTo(2);
        assertThat(errors.toString()).startsWith("--benchmark is 1, allowed is 2 or more");
    }

    @Test
    void failureIsOneLineWithoutAStackTrace(@TempDir Path directory) throws Exception {
        // Given
        Path file = Files.writeString(directory.resolve("bad.json"), "[{}]");

        // When
        int code = seal("send", file.toString());

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(errors.toString().strip()).isEqualTo("seal: " + file + ": document 1 has no title");
    }

    @Test
    void verboseFailureShowsWhere(@TempDir Path directory) throws Exception {
        // Given
        Path file = Files.writeString(directory.resolve("bad.json"), "[{}]");

        // When
        int code = seal("send", "--verbose", file.toString());

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(errors.toString()).contains("at dev.sealstream.devstack.squad.");
    }

    private int seal(String... arguments) {
        return Seal.commandLine()
                .setOut(new PrintWriter(output))
                .setErr(new PrintWriter(errors))
                .execute(arguments);
    }
}
