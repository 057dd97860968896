package dev.sealstream.benchmarks;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;

import static org.assertj.core.api.Assertions.assertThat;

class BenchCommandTest {
    private final StringWriter errors = new StringWriter();

    @Test
    void unknownNameIsOneLineThatListsTheNames() {
        // When
        int code = bench("adaptors");

        // Then
        assertThat(code).isEqualTo(2);
        assertThat(errors.toString())
                .startsWith("seal: there is no benchmark adaptors; there are adapters")
                .hasLineCount(1);
    }

    @Test
    void impossibleNumberOfRepeatsIsWrongUsage() {
        // When
        int code = bench("adapters", "--repeats=0");

        // Then
        assertThat(code).isEqualTo(2);
        assertThat(errors.toString()).startsWith("seal: --repeats is 0, allowed is 1 or more");
    }

    @Test
    void missingDirectoryForTheFiguresIsToldBeforeAnythingIsMeasured() {
        // When
        int code = bench("adapters", "--json=/nowhere/figures.json");

        // Then
        assertThat(code).isEqualTo(2);
        assertThat(errors.toString()).contains("/nowhere/figures.json: its directory does not exist");
    }

    private int bench(String... arguments) {
        return BenchCommand.commandLine().setErr(new PrintWriter(errors)).execute(arguments);
    }
}
